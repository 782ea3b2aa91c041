import QtQuick
import Mallo.Theme
import Mallo.Customer

// The customer window. The window is taken to fill the panel: Theme's millimetres come from both.
Window {
    id: window

    required property CustomerModel model

    objectName: "customerWindow"
    width: 1080
    height: 1920
    visible: true
    title: qsTr("말로 주문")
    color: Theme.surface

    Binding { target: Theme; property: "panelWidth"; value: window.width }
    Binding { target: Theme; property: "panelHeight"; value: window.height }
    Binding { target: Theme; property: "panelInches"; value: window.model.display.panelInches }
    Binding { target: Theme; property: "panelBottomMm"; value: window.model.display.panelBottomMm }
    Binding { target: Theme; property: "largeText"; value: window.model.display.largeText }
    Binding { target: Theme; property: "highContrast"; value: window.model.display.highContrast }
    Binding { target: Theme; property: "lowScreen"; value: window.model.display.lowScreen }

    CustomerScreen {
        anchors.fill: parent
        model: window.model
        focus: true
    }
}
