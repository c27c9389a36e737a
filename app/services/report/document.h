// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/services/report/chart.h"
#include "app/services/report/picture_spool.h"
#include "app/services/report/timestamp.h"

namespace services {

// What a report says, whatever it is written on: every writer shows this and computes nothing of its own.

enum class Tone { Plain, Quiet, Strong, Mono, Name, Pass, Review, Fail };  // Name: from outside, of any script

struct Run {
    std::string text;
    Tone tone = Tone::Plain;
    std::string hint = {};  // why there is no number
};

struct Text {
    std::vector<Run> runs;

    Text() = default;
    Text(const char* text) : Text(std::string(text)) {}
    Text(std::string text, Tone tone = Tone::Plain) { add(std::move(text), tone); }
    Text& add(std::string text, Tone tone = Tone::Plain) {
        if (!text.empty()) runs.push_back({std::move(text), tone});
        return *this;
    }
    bool empty() const { return runs.empty(); }
    std::string plain() const;
};

struct Heading {
    std::string text;
};
struct Paragraph {
    Text text;
    bool note = false;
};
struct Bullets {
    std::vector<Text> items;
};
struct Fact {
    std::string name;
    Text value;
};
struct Facts {
    std::vector<Fact> facts;
};
// A number that is to be seen from afar.
struct Figure {
    std::string name;
    Text value;
    std::vector<std::string> notes;
    std::optional<double> number = {};
    bool isShare = false;
};
struct Figures {
    std::vector<Figure> figures;
};

enum class ColumnKind { Words, Count, Share, Number, Verdict };
struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::Words;
    bool onlyInData = false;  // XLSX and CSV
    bool isNumber() const { return kind != ColumnKind::Words && kind != ColumnKind::Verdict; }
};
struct Cell {
    Text text;
    std::optional<double> number = {};  // what it is sorted by, and what XLSX and CSV hold
    std::string word = {};              // what they hold in place of the text, if that is decorated
};
using Row = std::vector<Cell>;
struct Table {
    std::string sheet;  // its name in a workbook; empty: a part of the first sheet
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::vector<Row> dataRows = {};  // further ones, only in XLSX and CSV
    bool large = false;              // one row an image: sortable, folded where there is little room
};

struct LegendEntry {
    Ink ink;
    std::string text;
};
struct Drawing {
    std::string title;  // may be empty
    Chart chart;
};
struct Drawings {
    std::vector<Drawing> drawings;  // beside one another
    std::vector<LegendEntry> legend;
    std::string note;
};

struct Plate {
    std::vector<SpooledPicture> pictures;  // of one image, beside one another
    std::vector<std::string> titles;       // one a picture
    Text name, result, note;
};
struct Gallery {
    std::vector<Plate> plates;
};
struct SignOff {
    std::vector<std::string> roles;
};

using Block = std::variant<Heading, Paragraph, Bullets, Facts, Figures, Table, Drawings, Gallery, SignOff>;

struct Section {
    std::string id;  // lower-case letters and hyphens, unique
    std::string title;
    std::vector<Block> blocks;
};

struct Document {
    std::string title;
    std::string author;
    Timestamp created;
    std::string subject;     // one sentence for lists of files
    std::vector<Text> head;  // below the title
    std::vector<Section> sections;
    std::shared_ptr<const PictureSpool> spool;  // where the plates' pictures are; may be empty without any
    std::string csvTable;                       // the sheet that a CSV file holds
};

// The table of that sheet. Throws engine::Error{InvalidArgument} if there is none.
const Table& tableOf(const Document& document, std::string_view sheet);

}  // namespace services
