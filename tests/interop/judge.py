"""Makes outputs of the fixtures in every format, and asks ExifTool, libvips and Pillow what they are. See run.sh."""

import json
import os
import shutil
import subprocess
import sys

from PIL import Image

FORMATS = ["png", "jpg", "webp", "gif", "tiff", "bmp", "avif", "jxl"]
POLICIES = ["keep", "copyright", "strip"]
HOLDING_EXIF = ["png", "jpg", "webp", "tiff", "avif", "jxl"]
PILLOW_READS = ["png", "jpg", "webp", "gif", "tiff", "bmp"]
SIZE = (64, 48)
QUADRANTS = [(16, 12), (48, 12), (16, 36), (48, 36)]
MOST_LEVELS = {"jpg": 12, "webp": 12, "avif": 12, "gif": 24, "jxl": 8}  # what the compression may change of one colour; other formats: nothing
OWN = {"Artist": "someone", "Copyright": "someone, too"}
PRIVATE = {"Model": "a phone", "GPSLatitude": 48.1}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def make_sources(fixtures, folder):
    """The quadrants red, white, white, blue in every format that ExifTool can put metadata into, lying on their side where the format can say so."""
    os.makedirs(folder)
    picture = Image.new("RGB", SIZE)
    for (left, top), colour in zip([(0, 0), (32, 0), (0, 24), (32, 24)], [(255, 0, 0), (255, 255, 255), (255, 255, 255), (0, 0, 255)]):
        picture.paste(colour, (left, top, left + 32, top + 24))
    picture.transpose(Image.Transpose.ROTATE_90).save(f"{folder}/jpeg.jpg", quality=98, subsampling=0)  # orientation 6 turns it back
    picture.save(f"{folder}/png.png")
    picture.save(f"{folder}/tiff.tif")
    picture.save(f"{folder}/webp.webp", lossless=True)
    for name in os.listdir(folder):
        tags = [f"-{tag}={value}" for tag, value in {**OWN, **PRIVATE}.items()] + ["-GPSLatitudeRef=N", "-XMP-dc:Rights=someone, too", "-XMP-dc:Title=hello"]
        run("exiftool", "-q", "-n", "-overwrite_original", *(["-Orientation=6"] if name == "jpeg.jpg" else []), *tags, f"{folder}/{name}")
    shutil.copy(f"{fixtures}/quad.heic", f"{folder}/heic.heic")
    shutil.copy(f"{fixtures}/quad.avif", f"{folder}/avif.avif")


def colours_by_vips(path):
    points = [run("vips", "getpoint", path, str(x), str(y)).split() for x, y in QUADRANTS]
    return [tuple(round(float(value)) for value in (point if len(point) >= 3 else point[:1] * 3))[:3] for point in points]


def colours_by_pillow(path):
    with Image.open(path) as image:
        converted = image.convert("RGB")
        return [converted.getpixel(point) for point in QUADRANTS]


def complaints_of_colours(colours, form):
    expected = [(255, 0, 0), (255, 255, 255), (255, 255, 255), (0, 0, 255)]
    far = max(abs(a - b) for colour, other in zip(colours, expected) for a, b in zip(colour, other))
    return [] if far <= max(12, MOST_LEVELS.get(form, 0)) else [f"colours {colours}"]


def complaints_of_metadata(path, form, policy):
    tags = json.loads(run("exiftool", "-json", "-n", "-validate", "-a", "-warning", "-error", "-Artist", "-EXIF:Copyright", "-Model", "-GPSLatitude", "-XMP-dc:Title", "-Orientation", path))[0]
    found = [f"exiftool: {tags[key]}" for key in ("Error", "Warning") if key in tags and "Missing required" not in tags[key]]  # which sources lack, too
    if tags.get("Orientation", 1) != 1:
        found.append(f"orientation {tags['Orientation']} is to be applied once more")
    kept = PRIVATE if policy == "keep" and form in HOLDING_EXIF else {}
    for tag in PRIVATE:
        if (tag in tags) != (tag in kept):
            found.append(f"{tag} is {'left in' if tag in tags else 'lost'} by {policy}")
    owned = policy != "strip" and form in HOLDING_EXIF
    if ("Artist" in tags) != owned:
        found.append(f"Artist is {'left in' if 'Artist' in tags else 'lost'} by {policy}")
    return found


def judge(path, form, policy):
    try:
        return complaints(path, form, policy)
    except (subprocess.CalledProcessError, OSError) as fault:
        return [f"can't be read: {getattr(fault, 'stderr', None) or fault}".strip()]


def complaints(path, form, policy):
    found = complaints_of_metadata(path, form, policy)
    size = (int(run("vipsheader", "-f", "width", path)), int(run("vipsheader", "-f", "height", path)))
    found += [] if size == SIZE else [f"vips: {size}"]
    found += [f"vips: {text}" for text in complaints_of_colours(colours_by_vips(path), form)]
    if form in PILLOW_READS:
        with Image.open(path) as image:
            found += [] if image.size == SIZE else [f"Pillow: {image.size}"]
        found += [f"Pillow: {text}" for text in complaints_of_colours(colours_by_pillow(path), form)]
    return found


def main(program, fixtures, work):
    shutil.rmtree(work, ignore_errors=True)
    make_sources(fixtures, f"{work}/in")
    judged, complained = 0, 0
    for policy in POLICIES:
        for form in FORMATS:
            out = f"{work}/{policy}-{form}"
            run("dotnet", "exec", program, "process", f"{work}/in", "--out", out, "--format", form, "--op", "flip+flip", "--metadata", policy, "--quiet")
            for name in sorted(os.listdir(out)):
                found = judge(f"{out}/{name}", form, policy)
                judged, complained = judged + 1, complained + len(found)
                for text in found:
                    print(f"{policy} {out}/{name}: {text}")
    versions = f"ExifTool {run('exiftool', '-ver').strip()}, {run('vips', '--version').strip()}, Pillow {Image.__version__}"
    print(f"{judged} outputs judged by {versions}: {complained} complaints")
    return 1 if complained else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
