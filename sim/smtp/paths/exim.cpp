// FIXME: no scenario can ask for this software yet; it reads paths as Postfix does.
#include "smtp/path.hpp"

namespace mailflow {

PathReading read_as_exim(PathArgument const& argument, PathSetting const& setting) {
    return read_as_postfix(argument, setting);
}

} // namespace mailflow
