// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/services/report/pdf/pdf_finish.h"

#include <QString>
#include <array>
#include <cstdio>
#include <map>
#include <optional>

#include "app/services/report/html_text.h"
#include "app/services/report/pdf/pdf_objects.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/sha256.h"

namespace services {

namespace {

// Any text, whatever its script and whatever stands in it.
std::string pdfText(const std::string& words) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "<FEFF";
    for (const QChar c : QString::fromStdString(readable(words))) {
        for (int shift = 12; shift >= 0; shift -= 4) out += digits[c.unicode() >> shift & 0xF];
    }
    return out + ">";
}

std::string reference(int number) {
    return std::to_string(number) + " 0 R";
}

class Finisher {
public:
    Finisher(const ScratchFile& written, const std::filesystem::path& path, const PdfExtras& extras,
             const engine::RunContext& context)
        : m_objects(written), m_pages(m_objects.pages()), m_extras(extras), m_context(context), m_file(path) {
        readPageHeight();
        m_numbers.assign(static_cast<std::size_t>(m_objects.count()), 0);
        // 1 the catalogue, 2 the information, then the bookmarks, then what Qt wrote.
        m_next = 3 + (m_extras.bookmarks.empty() ? 0 : 1 + static_cast<int>(m_extras.bookmarks.size()));
        for (const int page : m_pages) reach(page);
        m_offsets.assign(static_cast<std::size_t>(m_next), 0);
    }

    void write() {
        put("%PDF-1.6\n%\xC2\xA2\xC2\xA3\n");
        writeCatalogue();
        writeInformation();
        writeBookmarks();
        const auto annotations = annotationObjects();
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            m_context.report("report", static_cast<std::int64_t>(i), static_cast<std::int64_t>(m_order.size()));
            copy(m_order[i], annotations);
        }
        writeTable();
        m_file.commit();
    }

private:
    void put(std::string_view text) {
        m_sha.update(text);
        m_file.write(text);
        m_size += static_cast<std::int64_t>(text.size());
    }

    // Where a page ends at the top, in the coordinates of PDF.
    void readPageHeight() {
        if (m_pages.empty()) return;
        const std::string page = m_objects.head(m_pages.front());
        const auto box = page.find("/MediaBox [");
        double width = 0;
        if (box == std::string::npos ||
            std::sscanf(page.c_str() + box, "/MediaBox [0 0 %lf %lf]", &width, &m_height) != 2)
            throw engine::Error(engine::ErrorCode::Internal, "a page of the PDF has no size; report it");
    }

    void reach(int number) {
        if (number < 1 || number >= m_objects.count() || m_numbers[static_cast<std::size_t>(number)] != 0) return;
        m_numbers[static_cast<std::size_t>(number)] = m_next++;
        m_order.push_back(number);
        forEachReference(m_objects.head(number), [this](std::size_t, std::size_t, int next) { reach(next); });
    }

    int newNumber(int old) const { return m_numbers.at(static_cast<std::size_t>(old)); }

    void open(int number) {
        m_offsets[static_cast<std::size_t>(number)] = m_size;
        put(std::to_string(number));
        put(" 0 obj\n");
    }
    void object(int number, std::string_view body) {
        open(number);
        put(body);
        put("\nendobj\n");
    }

    void writeCatalogue() {
        std::string body = "<< /Type /Catalog /Pages " + reference(pageTree()) + " /Lang (" + m_extras.language +
                           ") /ViewerPreferences << /DisplayDocTitle true >>";
        if (!m_extras.bookmarks.empty()) body += " /Outlines 3 0 R /PageMode /UseOutlines";
        body += " >>";
        object(1, body);
    }

    int pageTree() const {
        int tree = 0;
        const std::string root = m_objects.head(m_objects.root());
        forEachReference(std::string_view(root).substr(root.find("/Pages")), [&](std::size_t, std::size_t, int number) {
            if (tree == 0) tree = number;
        });
        return newNumber(tree);
    }

    void writeInformation() {
        const std::string time = std::string("(").append(m_extras.created.pdf()).append(")");
        object(2, "<< /Title " + pdfText(m_extras.title) + " /Author " + pdfText(m_extras.author) + " /Subject " +
                      pdfText(m_extras.subject) +
                      " /Creator (Anomaloscope) /Producer (Anomaloscope, Qt) /CreationDate " + time + " /ModDate " +
                      time + " >>");
    }

    std::string destination(const PdfPlace& place) const {
        const int page = newNumber(m_pages.at(static_cast<std::size_t>(place.page)));
        return std::string("[").append(reference(page)) + " /XYZ 0 " + fixed(m_height - place.topPt, 2) + " null]";
    }

    // Two levels: a bookmark and its children, chained in both directions.
    void writeBookmarks() {
        const auto& all = m_extras.bookmarks;
        if (all.empty()) return;
        const auto numberOf = [](std::size_t i) { return 4 + static_cast<int>(i); };
        std::vector<std::size_t> tops;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i == 0 || !all[i].isChild) tops.push_back(i);
        }
        object(3, "<< /Type /Outlines /First " + reference(numberOf(tops.front())) + " /Last " +
                      reference(numberOf(tops.back())) + " /Count " + std::to_string(tops.size()) + " >>");
        for (std::size_t t = 0; t < tops.size(); ++t) {
            const std::size_t from = tops[t];
            const std::size_t to = t + 1 < tops.size() ? tops[t + 1] : all.size();
            std::string body = "/Parent 3 0 R";
            if (t > 0) body += " /Prev " + reference(numberOf(tops[t - 1]));
            if (t + 1 < tops.size()) body += " /Next " + reference(numberOf(tops[t + 1]));
            if (to - from > 1)
                body += " /First " + reference(numberOf(from + 1)) + " /Last " + reference(numberOf(to - 1)) +
                        " /Count -" + std::to_string(to - from - 1);
            writeBookmark(numberOf(from), all[from], body);
            for (std::size_t i = from + 1; i < to; ++i) {
                std::string child = "/Parent " + reference(numberOf(from));
                if (i > from + 1) child += " /Prev " + reference(numberOf(i - 1));
                if (i + 1 < to) child += " /Next " + reference(numberOf(i + 1));
                writeBookmark(numberOf(i), all[i], child);
            }
        }
    }

    void writeBookmark(int number, const PdfBookmark& bookmark, const std::string& chain) {
        object(number,
               "<< /Title " + pdfText(bookmark.title) + " " + chain + " /Dest " + destination(bookmark.place) + " >>");
    }

    // QPdfWriter gives every page an array of annotations, empty.
    std::map<int, std::string> annotationObjects() const {
        std::map<int, std::string> arrays;
        for (const PdfLink& link : m_extras.links) {
            const std::string page = m_objects.head(m_pages.at(static_cast<std::size_t>(link.page)));
            const auto at = page.find("/Annots ");
            if (at == std::string::npos) continue;
            std::string& array = arrays[std::stoi(page.substr(at + 8))];
            array += "<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [" + fixed(link.leftPt, 2) + " " +
                     fixed(m_height - link.bottomPt, 2) + " " + fixed(link.rightPt, 2) + " " +
                     fixed(m_height - link.topPt, 2) + "] /Dest " + destination(link.target) + " >>\n";
        }
        return arrays;
    }

    void copy(int old, const std::map<int, std::string>& annotations) {
        if (const auto found = annotations.find(old); found != annotations.end()) {
            object(newNumber(old), "[\n" + found->second + "]");
            return;
        }
        open(newNumber(old));
        put(renumbered(m_objects.head(old)));
        bool stream = false;
        m_objects.copyStream(old, [&](const std::vector<std::byte>& bytes) {
            put({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
            stream = true;
        });
        if (!stream) put("endobj\n");
    }

    std::string renumbered(const std::string& head) {
        std::string out;
        std::size_t done = 0;
        forEachReference(head, [&](std::size_t at, std::size_t length, int number) {
            out += head.substr(done, at - done) + reference(newNumber(number));
            done = at + length;
        });
        return withOwnTag(out + head.substr(done));
    }

    // The six letters before a font's name, which Qt makes out of an object's number.
    std::string withOwnTag(std::string head) {
        for (const std::string_view key : {"/FontName /", "/BaseFont /"}) {
            const auto at = head.find(key);
            if (at == std::string::npos) continue;
            const std::size_t start = at + key.size();
            if (head.size() < start + 7 || head[start + 6] != '+') continue;
            const auto known = m_tags.try_emplace(head.substr(start, 6), static_cast<int>(m_tags.size())).first;
            int rest = known->second;
            for (std::size_t i = 0; i < 6; ++i, rest /= 26) head[start + 5 - i] = static_cast<char>('A' + rest % 26);
        }
        return head;
    }

    void writeTable() {
        const std::int64_t start = m_size;
        put("xref\n0 " + std::to_string(m_next) + "\n0000000000 65535 f \n");
        std::array<char, 32> line{};
        for (std::size_t i = 1; i < m_offsets.size(); ++i) {
            std::snprintf(line.data(), line.size(), "%010lld 00000 n \n", static_cast<long long>(m_offsets[i]));
            put(line.data());
        }
        const std::string id = m_sha.hex().substr(0, 32);
        m_file.write("trailer\n<< /Size " + std::to_string(m_next) + " /Root 1 0 R /Info 2 0 R /ID [<" + id + "> <" +
                     id + ">] >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n");
    }

    PdfObjects m_objects;
    std::vector<int> m_pages;  // Qt's numbers
    const PdfExtras& m_extras;
    const engine::RunContext& m_context;
    engine::AtomicFile m_file;
    engine::Sha256 m_sha;
    std::int64_t m_size = 0;
    double m_height = 0;
    std::vector<int> m_numbers;  // from Qt's to ours
    std::vector<int> m_order;    // Qt's, in the order of ours
    std::vector<std::int64_t> m_offsets;
    std::map<std::string, int> m_tags;
    int m_next = 0;
};

}  // namespace

void finishPdf(const ScratchFile& written, const std::filesystem::path& path, const PdfExtras& extras,
               const engine::RunContext& context) {
    Finisher(written, path, extras, context).write();
}

}  // namespace services
