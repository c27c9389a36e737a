// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/label_actions.h"

#include <QLineEdit>
#include <QVBoxLayout>
#include <QWidgetAction>

#include "ui/browser/words.h"
#include "ui/common/theme.h"

namespace ui {

using engine::Label;

namespace {

constexpr int fixedActions = 3;
constexpr int typeKeys = 9;

}  // namespace

LabelActions::LabelActions(QObject* parent) : QObject(parent) {
    const auto add = [this](Label label, const QString& name, Qt::Key key) {
        QAction* action = addAction(labelWord(label), name, key);
        connect(action, &QAction::triggered, this, [this, label] { Q_EMIT labelled(label, {}); });
    };
    add(Label::Good, QStringLiteral("labelGoodAction"), Qt::Key_G);
    add(Label::Defect, QStringLiteral("labelDefectAction"), Qt::Key_D);
    add(Label::Unlabelled, QStringLiteral("labelUnlabelledAction"), Qt::Key_U);
    for (int i = 0; i < typeKeys; ++i) {
        QAction* action =
            addAction({}, QStringLiteral("labelType%1Action").arg(i + 1), static_cast<Qt::Key>(Qt::Key_1 + i));
        connect(action, &QAction::triggered, this, [this, i] {
            if (i < m_types.size()) Q_EMIT labelled(Label::Defect, m_types[i]);
        });
    }
    setDefectTypes({});
}

QAction* LabelActions::addAction(const QString& text, const QString& name, Qt::Key key) {
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(false);
    action->setToolTip(tr("Labels all selected images. They stay selected; \u2192 goes to the next one."));
    m_actions.append(action);
    return action;
}

void LabelActions::setDefectTypes(const QStringList& types) {
    m_types = types;
    for (int i = 0; i < typeKeys; ++i) {
        QAction* action = m_actions[fixedActions + i];
        action->setEnabled(i < types.size());
        action->setVisible(i < types.size());
        if (i < types.size()) action->setText(defectTypeWord(types[i]));
    }
}

QMenu* LabelActions::makeMenu(QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("labelMenu"));
    menu->setAccessibleName(tr("Label"));
    menu->setToolTipsVisible(true);
    menu->addActions(m_actions.first(fixedActions));
    menu->addSeparator();
    menu->addActions(m_actions.sliced(fixedActions));
    for (qsizetype i = typeKeys; i < m_types.size(); ++i) {
        QAction* action = menu->addAction(defectTypeWord(m_types[i]));
        connect(action, &QAction::triggered, this, [this, type = m_types[i]] { Q_EMIT labelled(Label::Defect, type); });
    }
    QAction* untyped = menu->addAction(tr("Defect without a type"));
    untyped->setObjectName(QStringLiteral("labelUntypedAction"));
    connect(untyped, &QAction::triggered, this, [this] { Q_EMIT labelled(Label::Defect, QString()); });
    addNewType(menu);
    return menu;
}

void LabelActions::addNewType(QMenu* menu) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(metrics::margin, 4, metrics::margin, metrics::gap);
    auto* field = new QLineEdit;
    field->setObjectName(QStringLiteral("newTypeEdit"));
    field->setPlaceholderText(tr("New defect type\u2026"));
    field->setAccessibleName(tr("New defect type"));
    field->setToolTip(tr("Return gives the chosen images this type"));
    field->setMaxLength(100);
    field->setMinimumWidth(160);
    layout->addWidget(field);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(box);
    menu->addAction(action);
    connect(field, &QLineEdit::returnPressed, menu, [this, field, menu] {
        const QString type = field->text().simplified();
        if (type.isEmpty()) return;
        menu->close();
        Q_EMIT labelled(Label::Defect, type);
    });
}

}  // namespace ui
