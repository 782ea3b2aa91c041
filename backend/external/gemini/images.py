"""Pictures by Gemini: Imagen models where they are served, Gemini's image models else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic import Base64Bytes, BaseModel, Field, ValidationError

from backend.external.gemini import answers
from backend.external.gemini.client import VENDOR, GeminiVendor
from backend.external.gemini.errors import translated
from backend.external.interfaces import (
    EngineBadResponse,
    EngineInfo,
    EngineRejected,
    NotOffered,
    Picture,
    PictureEdit,
    PictureRequest,
)
from backend.external.metering import Meter, Usage
from backend.external.model_choice import ModelChoice
from backend.external.picture_bytes import read_picture

if TYPE_CHECKING:
    from google.genai.types import ContentListUnion

RATIOS = ("1:1", "16:9", "9:16", "4:3", "3:4")
"""The contract's; Imagen takes no other, Gemini's image models take all of them."""
SECONDS = 40.0
"""A picture of 1K takes 5 to 25 s; the shop's own drawing has to come within what is left of a minute."""
_RULES = "No people, no hands, no logos, no watermark"
_KEEP = "Change only what is asked for and keep everything else of the picture as it is. No people, no logos."


class _Prediction(BaseModel):
    content: Base64Bytes | None = Field(None, alias="bytesBase64Encoded")
    filtered: str | None = Field(None, alias="raiFilteredReason")


class _Predictions(BaseModel):
    predictions: tuple[_Prediction, ...] = ()


def is_imagen(model: str) -> bool:
    """Whether ``model`` is called through ``:predict``. Such a model draws and does not edit."""
    return model.startswith("imagen")


class GeminiImageEngine:
    """Draws and edits. What is asked for stands in the request's prompt, made from the order's own ingredients."""

    def __init__(self, vendor: GeminiVendor, models: ModelChoice, meter: Meter, seconds: float = SECONDS) -> None:
        self._vendor = vendor
        self._models = models
        self._meter = meter
        self._seconds = seconds

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(VENDOR, self._models.current)

    async def generate(self, request: PictureRequest) -> Picture:
        """A PNG, JPEG or WebP in the ratio that was asked for (to within the model's own steps of 2 %).

        Raises:
            NotOffered: no such ratio.
            EngineRejected: the prompt or the picture was blocked.
            EngineTimeout: longer than ``seconds``.
            EngineBadResponse: no picture came, or one that cannot be shown.
            EngineError: anything else.
        """
        _check_ratio(request.aspect_ratio)
        prompt = _prompt(request)

        async def draw(model: str) -> Picture:
            if is_imagen(model):
                return await self._predicted(model, prompt, request.aspect_ratio)
            return await self._generated(model, prompt, request.aspect_ratio)

        return await self._models.first_served(draw)

    async def edit(self, edit: PictureEdit) -> Picture:
        """``edit.content`` with the change that ``edit.prompt`` asks for.

        Raises:
            NotOffered: no such ratio, or only Imagen models are wished for.
            EngineRejected: the picture is none that can be sent, or the change was blocked.
            EngineTimeout, EngineBadResponse, EngineError: as for ``generate``.
        """
        _check_ratio(edit.aspect_ratio)
        if all(is_imagen(model) for model in self._models.wishes):
            raise NotOffered("Imagen models draw and do not edit")
        base = read_picture(edit.content)
        if base is None:
            raise EngineRejected("not a picture that can be sent")

        async def change(model: str) -> Picture:
            from google.genai.types import Content, Part  # noqa: PLC0415 - see the client's docstring

            parts = [
                Part.from_bytes(data=edit.content, mime_type=base.mime_type),
                Part.from_text(text=f"{edit.prompt}\n\n{_KEEP}"),
            ]
            return await self._generated(model, Content(role="user", parts=parts), edit.aspect_ratio)

        await self._vendor.client()
        return await self._models.first_served(change, able=lambda model: not is_imagen(model))

    async def _generated(self, model: str, contents: ContentListUnion, ratio: str) -> Picture:
        client = await self._vendor.client()
        from google.genai.types import GenerateContentConfig, ImageConfig  # noqa: PLC0415 - see the client's docstring

        config = GenerateContentConfig(
            http_options=self._vendor.http_options(self._seconds),
            response_modalities=["IMAGE"],
            image_config=ImageConfig(aspect_ratio=ratio),
        )
        with translated():
            async with asyncio.timeout(self._seconds):
                response = await client.models.generate_content(model=model, contents=contents, config=config)
        # A thinking model may show drafts among its thoughts; of what is left, the last picture is the finished one.
        blobs = [part.inline_data for part in answers.parts(response) if part.inline_data and part.inline_data.data]
        self._meter.record(answers.usage("image", model, response.usage_metadata, images=min(1, len(blobs))))
        answers.raise_if_withheld(response)
        if not blobs:
            raise EngineBadResponse(f"no picture: {answers.finish(response)}")
        return self._picture(blobs[-1].data, model)

    async def _predicted(self, model: str, prompt: str, ratio: str) -> Picture:
        """The SDK asks Imagen in its enterprise mode only; the API with a key is the same but for its address."""
        parameters = {
            "sampleCount": 1,
            "aspectRatio": ratio,
            "includeRaiReason": True,
            "personGeneration": "dont_allow",
        }
        body = {"instances": [{"prompt": prompt}], "parameters": parameters}
        answer = await self._vendor.post(f"models/{model}:predict", body, self._seconds)
        try:
            drawn = _Predictions.model_validate(answer).predictions
        except ValidationError as error:
            raise EngineBadResponse("no predictions") from error
        content = next((one.content for one in drawn if one.content), None)
        # Imagen bills pictures and tells no tokens; what was filtered out is not billed.
        if content is not None:
            self._meter.record(Usage("image", VENDOR, model, images=1))
        elif any(one.filtered for one in drawn):
            raise EngineRejected("filtered")
        return self._picture(content, model)

    def _picture(self, content: bytes | None, model: str) -> Picture:
        found = read_picture(content or b"")
        if content is None or found is None:
            raise EngineBadResponse("no picture that can be shown")
        return Picture(content, found.mime_type, found.width, found.height, EngineInfo(VENDOR, model))


def _check_ratio(ratio: str) -> None:
    if ratio not in RATIOS:
        raise NotOffered(f"no such aspect ratio: {ratio}")


def _prompt(request: PictureRequest) -> str:
    """The request's words and the shop's rules; nothing is written on a picture but what the customer ordered."""
    cake = request.item.cake if request.item else None
    writing = "no writing but that lettering" if cake and cake.lettering else "no writing"
    return f"{request.prompt}\n\n{_RULES}, {writing}."
