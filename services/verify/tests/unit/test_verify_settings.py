"""The address of Redis: with the password of the file, and with what else it says."""

from pathlib import Path

from verify.settings import VerifySettings


def redis_of(**settings) -> str:
    return VerifySettings.model_construct(**settings).redis


def test_address_without_a_password_file_stays_as_it_is() -> None:
    address = "redis://127.0.0.1:6379/0"
    assert redis_of(redis_url=address, redis_password_file=None) == address


def test_password_is_put_in_and_what_follows_the_address_stays(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("p@ss/word\n")
    address = redis_of(
        redis_url="rediss://cache:6379/0?ssl_ca_certs=/run/ca.crt", redis_password_file=file
    )
    assert address == "rediss://:p%40ss%2Fword@cache:6379/0?ssl_ca_certs=/run/ca.crt"
