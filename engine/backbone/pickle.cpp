// SPDX-License-Identifier: Apache-2.0
#include "engine/backbone/pickle.h"

#include <bit>
#include <cstring>

#include "engine/backbone/pickle_input.h"
#include "engine/backbone/pickle_opcodes.h"
#include "engine/backbone/pickle_stack.h"
#include "engine/backbone/pickle_values.h"

namespace engine {

namespace {

class PickleMachine : private PickleStack {
public:
    PickleMachine(const ByteSource& source, std::uint64_t begin, std::uint64_t end)
        : PickleStack(source), m_input(source, begin, end) {}

    PickleDocument run() {
        while (step(static_cast<Opcode>(number<std::uint8_t>()))) {
        }
        m_document.end = m_input.position();
        return std::move(m_document);
    }

private:
    // Executes one instruction; false after STOP.
    bool step(Opcode opcode) {
        switch (opcode) {
            case Opcode::Proto:
                protocol();
                break;
            case Opcode::Frame:
                number<std::uint64_t>();
                break;
            case Opcode::Stop:
                m_document.root = pop();
                return false;
            case Opcode::Mark:
                mark();
                break;
            case Opcode::Pop:
                pop();
                break;
            case Opcode::None:
                push({});
                break;
            case Opcode::NewTrue:
                pushInteger(1, PickleKind::Boolean);
                break;
            case Opcode::NewFalse:
                pushInteger(0, PickleKind::Boolean);
                break;
            case Opcode::BinInt:
                pushInteger(number<std::int32_t>());
                break;
            case Opcode::BinInt1:
                pushInteger(number<std::uint8_t>());
                break;
            case Opcode::BinInt2:
                pushInteger(number<std::uint16_t>());
                break;
            case Opcode::Long1:
                longInteger(m_input.bytes(number<std::uint8_t>()));
                break;
            case Opcode::BinFloat:
                real();
                break;
            case Opcode::ShortBinString:
            case Opcode::ShortBinUnicode:
                pushText(m_input.bytes(number<std::uint8_t>()));
                break;
            case Opcode::BinString:
            case Opcode::BinUnicode:
                pushText(m_input.bytes(number<std::uint32_t>()));
                break;
            case Opcode::EmptyTuple:
                pushItems(PickleKind::Tuple, 0);
                break;
            case Opcode::Tuple1:
                pushItems(PickleKind::Tuple, 1);
                break;
            case Opcode::Tuple2:
                pushItems(PickleKind::Tuple, 2);
                break;
            case Opcode::Tuple3:
                pushItems(PickleKind::Tuple, 3);
                break;
            case Opcode::Tuple:
                pushItems(PickleKind::Tuple, aboveMark());
                break;
            case Opcode::EmptyList:
                pushItems(PickleKind::List, 0);
                break;
            case Opcode::EmptyDict:
                pushItems(PickleKind::Dictionary, 0);
                break;
            case Opcode::Append:
                extend(PickleKind::List, 1);
                break;
            case Opcode::Appends:
                extend(PickleKind::List, aboveMark());
                break;
            case Opcode::SetItem:
                extend(PickleKind::Dictionary, 2);
                break;
            case Opcode::SetItems:
                extend(PickleKind::Dictionary, aboveMark());
                break;
            case Opcode::BinPut:
                remember(number<std::uint8_t>());
                break;
            case Opcode::LongBinPut:
                remember(number<std::uint32_t>());
                break;
            case Opcode::Memoize:
                remember(nextSlot());
                break;
            case Opcode::BinGet:
                recall(number<std::uint8_t>());
                break;
            case Opcode::LongBinGet:
                recall(number<std::uint32_t>());
                break;
            case Opcode::Global: {
                const std::string module = m_input.line();
                push(makePickleGlobal(module, m_input.line(), m_source));
                break;
            }
            case Opcode::StackGlobal:
                stackGlobal();
                break;
            case Opcode::BinPersId:
                push(makePickleStorage(m_document, m_document.at(pop()), m_source));
                break;
            case Opcode::Reduce:
                reduce();
                break;
            case Opcode::Build:
                build();
                break;
            default:
                m_source.unsupported("holds a pickle instruction (" + std::to_string(static_cast<int>(opcode)) +
                                     ") that no file of plain tensors has");
        }
        return true;
    }

    template <typename T>
    T number() {
        T value;
        std::memcpy(&value, m_input.bytes(sizeof value).data(), sizeof value);
        return value;
    }

    void protocol() {
        const int version = number<std::uint8_t>();
        if (version < 2 || version > 5) m_source.unsupported("holds a pickle of protocol " + std::to_string(version));
    }

    void longInteger(std::string_view digits) {
        if (digits.size() > sizeof(std::int64_t)) return pushText(digits, PickleKind::LongInteger);
        std::uint64_t value = 0;
        std::memcpy(&value, digits.data(), digits.size());
        // Two's complement of as many bytes as there are: extend the sign.
        if (!digits.empty() && digits.size() < sizeof value && (digits.back() & 0x80) != 0)
            value |= ~std::uint64_t{0} << (8 * digits.size());
        pushInteger(static_cast<std::int64_t>(value));
    }

    void real() {
        std::uint64_t bits = 0;
        for (const char c : m_input.bytes(sizeof bits)) bits = (bits << 8) | static_cast<unsigned char>(c);
        PickleValue value;
        value.kind = PickleKind::Real;
        value.real = std::bit_cast<double>(bits);
        push(std::move(value));
    }

    void stackGlobal() {
        const std::vector<PickleIndex> names = take(2);
        const PickleValue& module = m_document.at(names[0]);
        const PickleValue& name = m_document.at(names[1]);
        if (module.kind != PickleKind::Text || name.kind != PickleKind::Text)
            m_source.corrupt("names a global by something that is no text");
        push(makePickleGlobal(module.text, name.text, m_source));
    }

    void reduce() {
        const PickleIndex argumentIndex = pop();
        const PickleIndex functionIndex = pop();
        const PickleValue& function = m_document.at(functionIndex);
        const PickleValue& arguments = m_document.at(argumentIndex);
        if (function.kind != PickleKind::Global || function.global == PickleGlobal::StorageType)
            m_source.unsupported("wants to call something that builds no tensor; nothing in it was run");
        if (arguments.kind != PickleKind::Tuple) m_source.corrupt("calls without a list of arguments");
        switch (function.global) {
            case PickleGlobal::OrderedDict:
                return push(makePickleDictionary(m_document, arguments, m_source));
            case PickleGlobal::RebuildTensor:
                return push(makePickleTensor(m_document, arguments, m_source));
            default:
                break;
        }
        if (arguments.items.empty() || m_document.at(arguments.items[0]).kind != PickleKind::Tensor)
            m_source.corrupt("makes a parameter of something that is no tensor");
        pushAgain(arguments.items[0]);
    }

    // The attributes of a dictionary (a state_dict has _metadata) are of no use here.
    void build() {
        pop();
        topOf(PickleKind::Dictionary, "gives attributes to something that is no dictionary");
    }

    PickleInput m_input;
};

}  // namespace

const PickleValue* PickleDocument::find(const PickleValue& dictionary, std::string_view key) const {
    for (std::size_t i = 0; i + 1 < dictionary.items.size(); i += 2)
        if (at(dictionary.items[i]).kind == PickleKind::Text && at(dictionary.items[i]).text == key)
            return &at(dictionary.items[i + 1]);
    return nullptr;
}

PickleDocument readPickle(const ByteSource& source, std::uint64_t begin, std::uint64_t end) {
    return PickleMachine(source, begin, end).run();
}

}  // namespace engine
