"""The images: what each is made from (`units.py`), and the tool that makes them (`build.py`)."""
