"""The one door to the picture library, so that it is set up the same way wherever it is used.

Only the recorder process comes through here. What the station imports (protocol, recorder_link) never does: loading
the library costs 0.2 s, and a fault in a camera driver must not be able to reach the process that holds the answers.
"""

import os

# Read by the library when it loads. A stuck camera then gives up after one second instead of ten.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

import cv2

cv2.setNumThreads(1)

__all__ = ["cv2"]
