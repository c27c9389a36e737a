# What every target that uses Qt links: its compile definitions, beside the warnings of the project.
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Sql Svg Widgets PrintSupport)
find_package(QCustomPlotQt6 REQUIRED)

add_library(anomaloscope_qt INTERFACE)
target_compile_definitions(anomaloscope_qt INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY QT_NO_KEYWORDS
  QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400)
target_link_libraries(anomaloscope_qt INTERFACE Qt6::Core)

# What many files include, and no more: a large set is slow to map, and to hash for ccache.
set(qt_gui_header_set QDateTime QDir QFile QFileInfo QHash QImage QLocale QObject QPointer QString QStringList QVector
  algorithm array cmath functional map memory optional string vector)
precompiled_headers(qt_gui LIBRARIES anomaloscope_qt Qt6::Gui HEADERS ${qt_gui_header_set})
set(qt_widgets_header_set ${qt_gui_header_set} QHBoxLayout QLabel QMenu QMouseEvent QPainter QPainterPath QPushButton QTimer
  QToolButton QVBoxLayout QWidget)
precompiled_headers(qt_widgets LIBRARIES anomaloscope_qt Qt6::Widgets HEADERS ${qt_widgets_header_set})

# One static library a folder, with moc.
# usage: qt_module(NAME SOURCES ... [DEPENDS public libraries] [PRIVATE libraries])
function(qt_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE")
  add_library(${name} STATIC ${arg_SOURCES})
  # What has moc keeps state in classes of its own file (Private), which GCC wants no part of a larger one.
  set_target_properties(${name} PROPERTIES AUTOMOC ON UNITY_BUILD OFF)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC anomaloscope_qt ${arg_DEPENDS} PRIVATE anomaloscope_warnings ${arg_PRIVATE})
  if(Qt6::Widgets IN_LIST arg_DEPENDS)
    use_precompiled_headers(${name} qt_widgets)
  elseif(Qt6::Gui IN_LIST arg_DEPENDS)
    use_precompiled_headers(${name} qt_gui)
  endif()
endfunction()
