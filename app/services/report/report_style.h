// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace services {

// Inside <style>: light and dark, narrow and wide, screen and paper.
std::string_view reportStyle();

// Inside <script>: tables of class "sortable" are sorted by a click on a heading. Nothing else needs a script.
std::string_view reportScript();

}  // namespace services
