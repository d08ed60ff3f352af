"""Measures what packages weigh: size on disk with dependencies, and time to import.

    python3 src/analysis/packages/measure.py > src/analysis/packages/weights.json

Each package is installed alone into a folder of its own. Size counts the bytes of all files in it
but compiled caches. Import time is the least of six fresh interpreters that import the module which
users of the package import, less the least of six that import nothing; caches are warm. The figures
depend on the machine and are for comparing packages, not for promises.
"""

import json
import pathlib
import platform
import subprocess
import sys
import tempfile
import time

# Package and version as published, and the names under which it is imported.
PACKAGES = [
    ("aioboto3", "15.1.0", ["aioboto3"]),
    ("aiobotocore", "2.24.0", ["aiobotocore"]),
    ("aiohttp", "3.12.15", ["aiohttp"]),
    ("aws-embedded-metrics", "3.3.0", ["aws_embedded_metrics"]),
    ("aws-lambda-powertools", "3.20.0", ["aws_lambda_powertools"]),
    ("aws-requests-auth", "0.4.3", ["aws_requests_auth"]),
    ("aws-xray-sdk", "2.14.0", ["aws_xray_sdk"]),
    ("boto3", "1.40.0", ["boto3"]),
    ("botocore", "1.40.0", ["botocore"]),
    ("crhelper", "2.0.12", ["crhelper"]),
    ("cryptography", "45.0.6", ["cryptography"]),
    ("fastjsonschema", "2.21.2", ["fastjsonschema"]),
    ("httpx", "0.28.1", ["httpx"]),
    ("Jinja2", "3.1.6", ["jinja2"]),
    ("jmespath", "1.0.1", ["jmespath"]),
    ("jsonschema", "4.25.1", ["jsonschema"]),
    ("lxml", "6.0.0", ["lxml"]),
    ("numpy", "2.3.2", ["numpy"]),
    ("opensearch-py", "3.0.0", ["opensearchpy"]),
    ("orjson", "3.11.2", ["orjson"]),
    ("pandas", "2.3.2", ["pandas"]),
    ("pillow", "11.3.0", ["PIL"]),
    ("psycopg2-binary", "2.9.10", ["psycopg2"]),
    ("pydantic", "2.11.7", ["pydantic"]),
    ("PyJWT", "2.10.1", ["jwt"]),
    ("PyMySQL", "1.1.1", ["pymysql"]),
    ("python-dateutil", "2.9.0.post0", ["dateutil"]),
    ("python-jose", "3.5.0", ["jose"]),
    ("pytz", "2025.2", ["pytz"]),
    ("PyYAML", "6.0.2", ["yaml"]),
    ("redis", "6.4.0", ["redis"]),
    ("requests", "2.32.5", ["requests"]),
    ("requests-aws4auth", "1.3.1", ["requests_aws4auth"]),
    ("simplejson", "3.20.1", ["simplejson"]),
    ("SQLAlchemy", "2.0.43", ["sqlalchemy"]),
    ("typing_extensions", "4.14.1", ["typing_extensions"]),
    ("urllib3", "2.5.0", ["urllib3"]),
]

# What users import where the top level of the package is nearly empty.
USED = {
    "aiobotocore": "aiobotocore.session",
    "aws_requests_auth": "aws_requests_auth.boto_utils",
    "aws_xray_sdk": "aws_xray_sdk.core",
    "botocore": "botocore.session",
    "cryptography": "cryptography.fernet",
    "jose": "jose.jwt",
    "lxml": "lxml.etree",
    "PIL": "PIL.Image",
}

RUNS = 5


def seconds(code, folder):
    """Least wall time of fresh interpreters that run a line of code: noise only ever adds."""
    times = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
            check=True, stdout=subprocess.DEVNULL,
        )
        times.append(time.perf_counter() - started)
    return min(times)


def measure(package, version, imports):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", name,
             f"{package}=={version}"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
        size = sum(path.stat().st_size for path in files)
        took = seconds(f"import {USED.get(imports[0], imports[0])}", folder) - seconds("pass", folder)
    return {
        "package": package, "version": version, "imports": imports, "bytes": size,
        "import_ms": round(max(took, 0) * 1000, 1),
    }


def main():
    packages = []
    for package in PACKAGES:
        try:
            packages.append(measure(*package))
            print(packages[-1], file=sys.stderr)
        except subprocess.CalledProcessError as error:
            print(f"left out: {package[0]}: {error}", file=sys.stderr)
    version = platform.python_version()
    json.dump(
        {
            "measured": time.strftime("%Y-%m-%d"),
            "python": version,
            "machine": f"{platform.machine()}, shared, 2 cores",
            "packages": packages,
        },
        sys.stdout, indent=1,
    )
    print()


if __name__ == "__main__":
    main()
