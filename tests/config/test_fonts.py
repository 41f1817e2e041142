from __future__ import annotations

from pathlib import Path

import font_source_sans_pro
import pytest
from fontTools.ttLib import TTFont

from config.fonts import CHARACTERS, MOST_BYTES, WEIGHTS, cut


@pytest.mark.parametrize(("package", "file"), WEIGHTS.values())
def test_a_weight_is_light_enough_for_a_phone_and_has_every_character(package, file, tmp_path):
    target = tmp_path / "font.woff2"
    assert cut(Path(package.__file__).parent / "files" / file, target) <= MOST_BYTES
    with TTFont(target) as font:
        missing = set(CHARACTERS) - set(font.getBestCmap())
        if package is font_source_sans_pro:
            assert missing == {0x17F}  # the long s of old prints
        else:  # a headline with a letter that the serif doesn't have takes it from the sans
            assert not missing & {*range(0x20, 0x100), *(ord(each) for each in "–—‘’‚“”„•…‹›€−×")}
        # Columns of figures line up without further ado.
        assert len({font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}) == 1
