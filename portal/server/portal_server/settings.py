"""What the process is told; `PORTAL_…` in its environment."""

from pathlib import Path

from pydantic import DirectoryPath, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the files are, and where to listen."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", frozen=True)

    api_host: str = "127.0.0.1"
    api_port: int = Field(ge=1, le=65535)
    built_dir: DirectoryPath = Path("built")
    """What `vite build` wrote; read once, at the start."""
