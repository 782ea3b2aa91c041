pragma Singleton
import QtQuick

// Every colour, size and duration of the three windows, as roles. Sizes come from the panel's millimetres
// (BARRIER_FREE.md): the window is taken to fill the panel, so a smaller window is the same panel seen smaller.
QtObject {
    id: theme

    // What a window sets once.
    property real panelWidth: 1080
    property real panelHeight: 1920
    property real panelInches: 27
    property real panelBottomMm: 750     // height of the panel's lower edge above the floor
    property real inkMm: 12              // smallest Hangul ink; a desk window sets about 3.6
    property bool largeText: false
    property bool highContrast: false
    property bool lowScreen: false
    property bool calm: false            // no motion at all, for tests and screenshots

    // Geometry.
    readonly property real mmPerPx: panelInches * 25.4 / Math.max(1, Math.hypot(panelWidth, panelHeight))
    readonly property bool portrait: panelHeight > panelWidth
    readonly property real enlargement: !largeText ? 1 : portrait ? 1.3 : 1.15
    readonly property real inkPerEm: 0.87 // Pretendard's Hangul ink, measured by tests/ui/test_theme.py
    readonly property real unit: inkMm / mmPerPx / inkPerEm / 44 * enlargement

    readonly property real reachMm: 1220 // the highest control that a seated customer reaches
    readonly property real lowFraction: Math.max(0.55, Math.min(1, (reachMm - panelBottomMm) / Math.max(1, panelHeight * mmPerPx)))

    // Colours.
    readonly property color surface: highContrast ? "#000000" : "#FFF9F2"
    readonly property color card: highContrast ? "#000000" : "#FFFFFF"
    readonly property color ink: highContrast ? "#FFFFFF" : "#2B1A12"
    readonly property color inkSecond: highContrast ? "#FFFFFF" : "#6B5548"
    readonly property color primary: highContrast ? "#FFD400" : "#A91D3A"
    readonly property color primaryPressed: highContrast ? "#FFF0A0" : "#8A1530"
    readonly property color primaryInk: highContrast ? "#000000" : "#FFFFFF"
    readonly property color quiet: highContrast ? "#000000" : "#F3E6DA"
    readonly property color quietPressed: highContrast ? "#333333" : "#E6D3C1"
    readonly property color good: highContrast ? "#FFD400" : "#1F6B4A"
    readonly property color warn: highContrast ? "#FFD400" : "#8A5200"
    readonly property color bad: highContrast ? "#FFD400" : "#B3261E"
    readonly property color signalInk: highContrast ? "#000000" : "#FFFFFF"
    readonly property color lit: highContrast ? "#4D4000" : "#FFE9B8"
    readonly property color edge: highContrast ? "#FFFFFF" : "#DCC6B3"   // decoration around cards
    readonly property color edgeStrong: highContrast ? "#FFFFFF" : "#8C7362" // edge that tells a control, 3:1
    readonly property color focus: highContrast ? "#00E5FF" : "#1A4FA3"
    readonly property color veil: highContrast ? "#E6000000" : "#B3FFF9F2"
    readonly property color shade: highContrast ? "#D9000000" : "#99291710"
    readonly property color shadow: highContrast ? "transparent" : "#0D5A3820"

    // Type.
    readonly property string family: "Pretendard"
    readonly property real textS: Math.ceil(44 * unit)
    readonly property real textM: Math.ceil(52 * unit)
    readonly property real textL: Math.ceil(66 * unit)
    readonly property real textXL: Math.ceil(110 * unit)
    readonly property int regular: Font.Medium
    readonly property int bold: Font.Bold

    // Room.
    readonly property real spaceS: Math.ceil(12 * unit)
    readonly property real spaceM: Math.ceil(20 * unit)
    readonly property real spaceL: Math.ceil(36 * unit)
    readonly property real touchTarget: Math.ceil(88 * unit)
    readonly property real radius: 26 * unit
    readonly property real line: Math.max(1, (highContrast ? 3 : 2) * unit)
    readonly property real ring: Math.max(2, 1.1 / mmPerPx)

    // Time, in milliseconds.
    readonly property int motion: calm ? 0 : 180
    readonly property int litTime: 2400
    readonly property int tremor: 500    // a second tap within this adds nothing

    function mm(length: real): real {
        return length / mmPerPx * enlargement;
    }
}
