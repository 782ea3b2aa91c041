import QtQuick
import QtQuick.Shapes
import Mallo.Theme

// A picture on its plate, with words for those who do not see it. Until it comes the plate is shown.
Rectangle {
    id: plate

    property url source
    property string words: ""
    property bool busy: false
    readonly property string aloud: words
    property string glyph: "cake" // what is on the plate until the picture comes
    property color around: Theme.surface

    function outline(w: real, h: real, r: real): string {
        return `M${r} 0H${w - r}A${r} ${r} 0 0 1 ${w} ${r}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${r}A${r} ${r} 0 0 1 0 ${h - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
    }

    color: Theme.quiet
    radius: Theme.radius
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: words

    Icon {
        anchors.centerIn: parent
        visible: image.status !== Image.Ready
        name: plate.glyph
        color: Theme.edge
        size: Math.min(plate.width, plate.height) * 0.4
    }

    Image {
        id: image
        anchors.fill: parent
        source: plate.source
        asynchronous: true
        fillMode: Image.PreserveAspectFit
        sourceSize.width: Math.max(1, Math.ceil(plate.width))
        retainWhileLoading: true
        smooth: true
        opacity: plate.busy ? 0.5 : 1

        Behavior on opacity {
            NumberAnimation { duration: Theme.motion; easing.type: Easing.OutCubic }
        }
    }

    // Round corners: what is outside the plate in the colour around it (the software renderer clips no circles).
    Shape {
        anchors.fill: parent
        visible: image.status === Image.Ready

        ShapePath {
            strokeWidth: -1
            fillColor: plate.around
            fillRule: ShapePath.OddEvenFill

            PathSvg {
                path: `M0 0H${plate.width}V${plate.height}H0Z` + plate.outline(plate.width, plate.height, Math.min(plate.radius, plate.height / 2))
            }
        }
    }
}
