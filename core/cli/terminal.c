#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

unsigned terminal_columns(void)
{
    struct winsize size = {0};
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < TERMINAL_LEAST)
        return TERMINAL_LEAST;
    return size.ws_col;
}

bool terminal_has_colour(int fd)
{
    return isatty(fd) && !getenv("NO_COLOR");
}
