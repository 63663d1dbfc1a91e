# What hangs on a post, and sending it.
media-undescribed = Image without description
media-video-undescribed = Video without description
media-sound = Sound
media-file = File
media-elsewhere = Something that only its own site can show
media-kilobytes = { $n } kB
media-megabytes = { $n } MB
media-refused = This file { $problem }.
media-waiting = It is being prepared.
media-too-often = Too many files at once. Try again in a while.
media-gone = This file is not there any more.
media-failed = Something went wrong on this site. Try again.
