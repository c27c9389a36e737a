// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace engine {

namespace {

constexpr std::string_view metadataKey = "__metadata__";

struct TypeName {
    std::string_view name;
    StoredType type;
};
constexpr TypeName typeNames[] = {{"F32", StoredType::F32}, {"F16", StoredType::F16}, {"BF16", StoredType::BF16},
                                  {"F64", StoredType::F64}, {"I64", StoredType::I64}, {"I32", StoredType::I32},
                                  {"U8", StoredType::U8}};

// Accepts the shape of a safetensors header and nothing else, as it is parsed: no tree is built, nesting goes no deeper
// than the format has, and duplicate keys are seen (a tree would keep the last in silence).
class HeaderParser : public nlohmann::json_sax<nlohmann::json> {
public:
    HeaderParser(const ByteSource& source, SafetensorsHeader& header) : m_source(source), m_header(header) {}

    bool null() override { return unexpected(); }
    bool boolean(bool) override { return unexpected(); }
    bool number_integer(number_integer_t) override { return unexpected(); }
    bool number_float(number_float_t, const string_t&) override { return unexpected(); }
    bool binary(binary_t&) override { return unexpected(); }

    bool number_unsigned(number_unsigned_t value) override {
        if (m_place == Place::Shape) {
            if (m_entry.shape.size() == maximumDimensions)
                m_source.corrupt("tensor " + shown(m_key) + " has too many dimensions");
            if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
                m_source.corrupt("tensor " + shown(m_key) + " is impossibly large");
            m_entry.shape.push_back(static_cast<std::int64_t>(value));
        } else if (m_place == Place::Offsets && m_offsets < 2) {
            (m_offsets++ == 0 ? m_entry.begin : m_entry.end) = value;
        } else {
            unexpected();
        }
        return true;
    }

    bool string(string_t& value) override {
        if (m_place == Place::Metadata) {
            m_header.metadata[m_field] = std::move(value);
            return true;
        }
        if (m_place != Place::Tensor || m_field != "dtype") return unexpected();
        const auto* known = std::find_if(std::begin(typeNames), std::end(typeNames),
                                         [&](const TypeName& candidate) { return candidate.name == value; });
        if (known == std::end(typeNames))
            m_source.unsupported("tensor " + shown(m_key) + " has the element type " + shown(value) +
                                 ", which is not read");
        m_entry.type = known->type;
        return true;
    }

    bool start_object(std::size_t) override {
        if (m_place == Place::Outside)
            m_place = Place::Top;
        else if (m_place == Place::Top && m_key == metadataKey)
            m_place = Place::Metadata;
        else if (m_place == Place::Top)
            m_place = Place::Tensor;
        else
            unexpected();
        m_entry = {};
        m_offsets = 0;
        m_fields.clear();
        return true;
    }

    bool key(string_t& name) override {
        if (m_place == Place::Top) {
            m_key = std::move(name);
            const bool metadata = m_key == metadataKey;
            if ((metadata && std::exchange(m_sawMetadata, true)) || m_header.entries.contains(m_key))
                m_source.corrupt("the name " + shown(m_key) + " occurs twice");
        } else {
            m_field = std::move(name);
            const bool known =
                m_place == Place::Metadata || m_field == "dtype" || m_field == "shape" || m_field == "data_offsets";
            if (!known) m_source.corrupt("tensor " + shown(m_key) + " has an unknown property");
            if (!m_fields.insert(m_field).second) m_source.corrupt("a property of " + shown(m_key) + " occurs twice");
        }
        return true;
    }

    bool end_object() override {
        if (m_place == Place::Tensor) {
            if (m_fields.size() != 3 || m_offsets != 2)
                m_source.corrupt("tensor " + shown(m_key) + " is not described in full");
            m_header.entries.emplace(m_key, std::move(m_entry));
        }
        m_place = m_place == Place::Top ? Place::Done : Place::Top;
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_place == Place::Tensor && m_field == "shape")
            m_place = Place::Shape;
        else if (m_place == Place::Tensor && m_field == "data_offsets")
            m_place = Place::Offsets;
        else
            unexpected();
        return true;
    }

    bool end_array() override {
        m_place = Place::Tensor;
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        m_source.corrupt("its header is not JSON");
    }

private:
    enum class Place { Outside, Top, Metadata, Tensor, Shape, Offsets, Done };

    bool unexpected() const { m_source.corrupt("its header is not that of a safetensors file"); }

    const ByteSource& m_source;
    SafetensorsHeader& m_header;
    Place m_place = Place::Outside;
    std::string m_key;
    std::string m_field;
    std::set<std::string> m_fields;
    SafetensorsEntry m_entry;
    int m_offsets = 0;
    bool m_sawMetadata = false;
};

void checkExtents(const ByteSource& source, const SafetensorsHeader& header) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> extents;
    for (const auto& [name, entry] : header.entries) {
        std::uint64_t size = 0;
        if (!countOf(entry.shape, size) || !multiplyBy(size, bytesOf(entry.type)))
            source.corrupt("tensor " + shown(name) + " is impossibly large");
        if (entry.begin > entry.end || entry.end - entry.begin != size)
            source.corrupt("tensor " + shown(name) + " does not have the length that its shape needs");
        extents.emplace_back(entry.begin, entry.end);
    }
    std::sort(extents.begin(), extents.end());
    std::uint64_t covered = 0;
    for (const auto& [begin, end] : extents) {
        if (begin != covered) source.corrupt("its tensors overlap or leave a gap");
        covered = end;
    }
    const std::uint64_t available = source.size() - header.dataOffset;
    if (covered > available) source.corrupt("is truncated");
    if (covered < available) source.corrupt("has bytes after its last tensor");
}

}  // namespace

SafetensorsHeader readSafetensorsHeader(const ByteSource& source) {
    std::uint64_t length = 0;
    if (source.size() < sizeof length) source.corrupt("is too short for a safetensors file");
    source.read(0, std::as_writable_bytes(std::span(&length, 1)));
    if (length > source.size() - sizeof length) source.corrupt("is truncated, or no safetensors file");
    if (length > maximumHeaderBytes) source.corrupt("has a header of more than 100 MB");
    const std::string text = source.readText(sizeof length, length);
    if (text.empty() || text.front() != '{') source.corrupt("is no safetensors file");
    SafetensorsHeader header;
    header.dataOffset = sizeof length + length;
    HeaderParser parser(source, header);
    nlohmann::json::sax_parse(text, &parser);
    checkExtents(source, header);
    return header;
}

std::string formatSafetensorsHeader(const SafetensorsHeader& header, const std::filesystem::path& path) {
    if (header.entries.contains(std::string(metadataKey)))
        throw Error(ErrorCode::InvalidArgument, "a tensor cannot have the reserved name '__metadata__'; rename it",
                    path);
    try {
        nlohmann::json tree = nlohmann::json::object();
        if (!header.metadata.empty()) tree[std::string(metadataKey)] = header.metadata;
        for (const auto& [name, entry] : header.entries) {
            const auto* type =
                std::find_if(std::begin(typeNames), std::end(typeNames),
                             [type = entry.type](const TypeName& candidate) { return candidate.type == type; });
            tree[name] = {{"dtype", type->name}, {"shape", entry.shape}, {"data_offsets", {entry.begin, entry.end}}};
        }
        std::string text = tree.dump();
        text.append((8 - text.size() % 8) % 8, ' ');
        if (text.size() > maximumHeaderBytes)
            throw Error(ErrorCode::InvalidArgument, "its header would be larger than 100 MB; store less metadata",
                        path);
        const std::uint64_t length = text.size();
        return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::InvalidArgument, "a name or metadata that is not UTF-8 cannot be written; rename it",
                    path);
    }
}

}  // namespace engine
