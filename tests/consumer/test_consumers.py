"""A stranger's project finds the library in each promised way, builds with it and runs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "consumer"
WORK = ROOT / "build" / "consumer"


def run(*command, **environment):
    ran = subprocess.run([str(word) for word in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, env=os.environ | environment)
    assert ran.returncode == 0, f"{command} failed:\n{ran.stdout[-8000:]}"
    return ran.stdout


def build_and_run(project, *options):
    """Configures one of the projects beside this file afresh, builds it and runs its program."""
    build = WORK / project
    (build / "CMakeCache.txt").unlink(missing_ok=True)
    run("cmake", "-G", "Ninja", "-S", HERE / project, "-B", build, "-DCMAKE_BUILD_TYPE=Release",
        "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache", *options)
    run("cmake", "--build", build)
    return run(build / "consumer")


def install(build, name):
    """Installs a build where nothing of an older one is left, and says where that is."""
    prefix = WORK / name
    shutil.rmtree(prefix, ignore_errors=True)
    run("cmake", "--install", build, "--prefix", prefix)
    return prefix


@pytest.fixture(scope="module")
def prefix():
    return install("build/release", "prefix")


def test_find_package(prefix):
    assert "optimal" in build_and_run("find_package", f"-DCMAKE_PREFIX_PATH={prefix}")


def test_add_subdirectory_and_find_package_of_the_static_library():
    assert "optimal" in build_and_run("add_subdirectory", "-DBUILD_SHARED_LIBS=OFF")
    static = install(WORK / "add_subdirectory", "static_prefix")
    assert "optimal" in build_and_run("find_package", f"-DCMAKE_PREFIX_PATH={static}")


def test_pkg_config(prefix):
    found = next(prefix.glob("lib/**/pkgconfig"))
    flags = run("pkg-config", "--cflags", "--libs", "jiedui", PKG_CONFIG_PATH=str(found)).split()
    program = WORK / "pkg_config"
    run("ccache", "g++", "-std=c++20", "-c", HERE / "main.cpp", *flags[:-2], "-o", f"{program}.o")
    run("g++", f"{program}.o", *flags, "-o", program)
    assert "optimal" in run(program, LD_LIBRARY_PATH=str(found.parent))


def test_every_header_and_schema_is_installed(prefix):
    installed = {path.relative_to(prefix / "include") for path in prefix.glob("include/**/*.*")}
    own = {path.relative_to(ROOT / "include") for path in (ROOT / "include").glob("**/*.*")}
    assert installed == own
