"""How often and how long a worker waits, without waiting."""

import threading


class Waits(threading.Event):
    """Ends the loop after so many waits, and keeps how long they would have been."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        if len(self.seconds) >= self.most:
            self.set()
        return self.is_set()
