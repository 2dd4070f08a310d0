"""How much two pictures differ, as a person sees them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_DIFFERENT = """
async ([one, other]) => {
  // The share of small squares of which the mean colour is another one, by what an eye notices.
  const [cell, seen] = [8, 20];
  const squares = async (png) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${png}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(
      Math.ceil(picture.width / cell), Math.ceil(picture.height / cell));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, picture.width / cell, picture.height / cell);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };
  const [a, b] = [await squares(one), await squares(other)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  for (let i = 0; i < a.data.length; i += 4)
    different += [0, 1, 2].some((n) => Math.abs(a.data[i + n] - b.data[i + n]) > seen);
  return different / (a.data.length / 4);
}
"""


def different(page: Page, one: bytes, other: bytes) -> float:
    """How much of a picture looks otherwise in another one, from 0 to 1: two PNG of any page.

    All of it, where one is larger.
    """
    pictures = [base64.b64encode(picture).decode() for picture in (one, other)]
    return float(page.evaluate(_DIFFERENT, pictures))
