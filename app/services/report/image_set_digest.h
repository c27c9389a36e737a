// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/dataset/image_set.h"
#include "engine/detector/evaluate.h"

namespace services {

// The name of the set's folder or list.
std::string nameOf(const engine::ImageSet& set);

// The SHA-256 of what `sha256sum` prints for the set's test images, called from the set's folder with the names in byte
// order: anybody can check it. An image that was evaluated is not read again; one that cannot be read has the word
// "unreadable" in place of its digest. It says nothing of labels and masks.
std::string imageSetDigest(const engine::ImageSet& set, const engine::Evaluation& evaluation);

}  // namespace services
