// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/top_bar.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr int longestName = 260;
constexpr int longestInMenu = 400;
constexpr int outside = 5;  // with what a tool button keeps around its word, the margin of the panels below

// A word that is filled with the accent where we are, or tinted with it where it is a switch beside the pages.
class PageButton : public QAbstractButton {
public:
    enum class Kind { Page, Switch };
    PageButton(const QString& text, Kind kind) : m_kind(kind) {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
    }
    QSize sizeHint() const override { return {fontMetrics().horizontalAdvance(shownText()) + 2 * padding(), 28}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Colours& colours = coloursOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF body = QRectF(rect()).adjusted(1, 1, -1, -1);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            QColor fill = isChecked() ? colours.accent : colours.hairline;
            if (isChecked() && m_kind == Kind::Switch) fill.setAlphaF(0.12F);
            painter.setBrush(fill);
            painter.drawRoundedRect(body, metrics::radius, metrics::radius);
        }
        if (hasFocus()) {
            painter.setPen(QPen(isChecked() ? colours.text : colours.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(body, metrics::radius, metrics::radius);
        }
        painter.setPen(!isChecked() ? colours.text : m_kind == Kind::Page ? colours.onAccent : colours.accent);
        painter.drawText(rect(), Qt::AlignCenter | mnemonicFlag(*this), text());
    }

private:
    // A switch may be the last in the bar, where its word ends with the panel below.
    int padding() const { return m_kind == Kind::Page ? metrics::margin : metrics::margin - outside; }
    QString shownText() const { return QString(text()).remove(QLatin1Char('&')); }
    Kind m_kind;
};

// Not the button's own menu, whose arrow the style paints over the word. It stays within the window.
void opens(QToolButton* button, QMenu* menu) {
    QObject::connect(button, &QToolButton::clicked, menu, [button, menu] {
        const int right = button->window()->width() - button->mapTo(button->window(), QPoint()).x();
        const int left = std::min(0, std::min(right, button->width()) - menu->sizeHint().width());
        const bool fits = menu->sizeHint().width() <= right;
        menu->popup(button->mapToGlobal(QPoint(fits ? 0 : left, button->parentWidget()->height() - button->y())));
    });
}

// In a menu: an & is a letter of the name there, and no menu is wider than the window.
QString menuText(const QMenu& menu, QString name) {
    name = menu.fontMetrics().elidedText(name, Qt::ElideRight, longestInMenu);
    return name.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QString withArrow(const QString& text) {
    return text + QStringLiteral(" \u25BE");
}

}  // namespace

TopBar::TopBar(QMenu* projectMenu, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(metrics::topBarHeight);

    m_project = new QToolButton;
    m_project->setObjectName(QStringLiteral("projectButton"));
    opens(m_project, projectMenu);
    m_project->setAutoRaise(true);
    m_project->setFocusPolicy(Qt::StrongFocus);
    QFont bold = textFont();
    bold.setWeight(QFont::DemiBold);
    m_project->setFont(bold);

    m_pages = new QButtonGroup(this);
    auto* pages = new QHBoxLayout;
    pages->setSpacing(4);
    const auto addPage = [&](Page page, const QString& name, const QString& text) {
        auto* button = new PageButton(text, PageButton::Kind::Page);
        button->setObjectName(name);
        m_pages->addButton(button, static_cast<int>(page));
        pages->addWidget(button);
    };
    addPage(Page::Images, QStringLiteral("imagesPageButton"), tr("&Images"));
    addPage(Page::Train, QStringLiteral("trainPageButton"), tr("T&rain"));
    addPage(Page::Tune, QStringLiteral("tunePageButton"), tr("&Tune"));
    addPage(Page::Report, QStringLiteral("reportPageButton"), tr("Re&port"));
    m_pages->button(static_cast<int>(Page::Images))->setChecked(true);

    m_experiments = new PageButton(tr("&Experiments"), PageButton::Kind::Switch);
    m_experiments->setObjectName(QStringLiteral("experimentsButton"));
    m_experiments->setToolTip(tr("Every trained model, and two compared (Ctrl+E)"));

    m_models = new QMenu(this);
    m_models->setToolTipsVisible(true);
    m_model = new QToolButton;
    m_model->setObjectName(QStringLiteral("modelButton"));
    m_model->setAccessibleName(tr("Model"));
    opens(m_model, m_models);
    m_model->setAutoRaise(true);
    m_model->setFocusPolicy(Qt::StrongFocus);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(outside, 0, outside, 0);
    layout->setSpacing(12);
    layout->addWidget(m_project);
    layout->addLayout(pages);
    layout->addStretch(1);
    layout->addWidget(m_experiments);
    layout->addWidget(m_model);

    connect(m_experiments, &QAbstractButton::toggled, this, &TopBar::experimentsToggled);
    connect(m_pages, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT pageChosen(static_cast<Page>(id)); });
}

void TopBar::setProjectName(const QString& name, bool readOnly) {
    m_projectName = name;
    m_readOnly = readOnly;
    const QString shown = marked(name);
    m_project->setToolTip(shown);
    m_project->setAccessibleName(tr("Project %1, menu").arg(shown));
    fitNames();
}

void TopBar::setModels(const std::vector<services::ModelRecord>& models, const services::ModelRecord* current) {
    m_models->clear();
    m_model->setVisible(current != nullptr);
    m_modelName = current != nullptr ? current->name : QString();
    fitNames();
    if (current == nullptr) return;
    m_model->setToolTip(current->name);
    auto* group = new QActionGroup(m_models);
    for (auto model = models.rbegin(); model != models.rend(); ++model) {
        QAction* action = m_models->addAction(menuText(*m_models, model->name));
        action->setToolTip(model->name);
        action->setCheckable(true);
        action->setChecked(model->id == current->id);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = model->id] { Q_EMIT modelChosen(id); });
    }
}

// The mark stays when the name is cut.
QString TopBar::marked(const QString& name) const {
    return m_readOnly ? tr("%1 (read-only)").arg(name) : name;
}

// Both names give way to the pages: each has half of the room at least, and what the other does not need.
void TopBar::fitNames() {
    const auto show = [this](int project, int model) {
        const QFontMetrics bold(m_project->font());
        const int forName = project - bold.horizontalAdvance(marked({}));
        m_project->setText(withArrow(marked(bold.elidedText(m_projectName, Qt::ElideRight, forName))));
        m_model->setText(withArrow(tr("Model  %1").arg(fontMetrics().elidedText(m_modelName, Qt::ElideRight, model))));
    };
    const auto wanted = [](const QFont& font, const QString& name) {
        return std::min(QFontMetrics(font).horizontalAdvance(name) + 1, longestName);
    };
    const int project =
        wanted(m_project->font(), m_projectName) + QFontMetrics(m_project->font()).horizontalAdvance(marked({}));
    const int model = wanted(font(), m_modelName);
    show(project, model);
    layout()->invalidate();
    const int room = project + model - std::max(0, layout()->minimumSize().width() - width());
    if (room >= project + model) return;
    const int forProject = std::min(project, std::max(room / 2, room - model));
    show(forProject, std::min(model, room - forProject));
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitNames();
}

void TopBar::setPage(Page page) {
    m_pages->button(static_cast<int>(page))->setChecked(true);
}

void TopBar::setExperimentsShown(bool shown) {
    m_experiments->setChecked(shown);
}

bool TopBar::experimentsShown() const {
    return m_experiments->isChecked();
}

Page TopBar::page() const {
    return static_cast<Page>(m_pages->checkedId());
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), coloursOf(*this).hairline);
}

}  // namespace ui
