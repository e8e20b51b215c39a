#pragma once

// Marks what libjiedui exports; everything else is hidden.
#if defined(JIEDUI_STATIC)
#define JIEDUI_API
#else
#define JIEDUI_API __attribute__((visibility("default")))
#endif
