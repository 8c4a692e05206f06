"""Rendering: a canonical record in, the finished but unsealed PDF/A-3u out."""

from certificates.rendering.renderer import Renderer
from certificates.rendering.typesetting import RenderingUnavailable

__all__ = ["Renderer", "RenderingUnavailable"]
