"""The mix of `npm run bench` for Locust (https://locust.io), for who prefers it.

    npm run bench:locust                             # a loaded system; tokens and paths in .local/locust.json
    locust -f tools/bench/locustfile.py --headless -u 200 -r 50 -t 60s

Each Locust user is one student with a token of their own and asks four times a second: 60 % the catalogue, 30 % their
enrollments, 10 % their profile. 200 of them make 800 requests a second.
"""

import json
import os
import random

from locust import FastHttpUser, constant_throughput, events, task

FILE = os.environ.get("BENCH_LOCUST_FILE", ".local/locust.json")


@events.init_command_line_parser.add_listener
def default_host(parser):
    """Takes the gateway's address from the file, unless `--host` says another."""
    if os.path.exists(FILE):
        with open(FILE, encoding="utf-8") as file:
            parser.set_defaults(host=json.load(file)["url"])


with open(FILE, encoding="utf-8") as opened:
    GIVEN = json.load(opened)


class Student(FastHttpUser):
    """A signed-in student who looks at courses."""

    wait_time = constant_throughput(4)

    def on_start(self):
        token = random.choice(GIVEN["tokens"])
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    @task(60)
    def catalogue(self):
        path = random.choice(GIVEN["paths"])
        self.client.get(path, headers=self.headers, name="GET /api/courses")

    @task(30)
    def own(self):
        self.client.get("/api/enrollments/me", headers=self.headers, name="GET /api/enrollments/me")

    @task(10)
    def profile(self):
        self.client.get("/api/auth/me", headers=self.headers, name="GET /api/auth/me")
