"""The dashboards, one module each."""

from deploy.observability.boards import (
    business,
    databases,
    gateway,
    issuance,
    messaging,
    overview,
    review,
    verification,
)
from deploy.observability.panels import Board

BOARDS: tuple[Board, ...] = (
    overview.BOARD,
    verification.BOARD,
    issuance.BOARD,
    review.BOARD,
    messaging.BOARD,
    databases.BOARD,
    gateway.BOARD,
    business.BOARD,
)
