using System.Collections.Frozen;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.SensorThings.Units;

/// <summary>What properties that cities often measure are called, and the quantity that they are in QUDT's vocabulary.</summary>
public static class QuantityKinds
{
    private const string Qudt = "http://qudt.org/vocab/quantitykind/";

    /// <summary>Properties that are a city's own have an address within the installation's name space.</summary>
    private const string Own = "urn:quartier:property:";

    private static readonly FrozenDictionary<string, (string? Kind, BilingualText Label)> Known = new Dictionary<string, (string?, BilingualText)>(StringComparer.OrdinalIgnoreCase)
    {
        ["temperature"] = ("Temperature", new("Temperatur", "Temperature")),
        ["humidity"] = ("RelativeHumidity", new("Relative Luftfeuchte", "Relative humidity")),
        ["pressure"] = ("AtmosphericPressure", new("Luftdruck", "Atmospheric pressure")),
        ["illuminance"] = ("Illuminance", new("Beleuchtungsstärke", "Illuminance")),
        ["noise"] = ("SoundPressureLevel", new("Schallpegel", "Sound pressure level")),
        ["speed"] = ("Speed", new("Geschwindigkeit", "Speed")),
        ["power"] = ("ActivePower", new("Wirkleistung", "Active power")),
        ["energy"] = ("Energy", new("Energie", "Energy")),
        ["voltage"] = ("Voltage", new("Spannung", "Voltage")),
        ["current"] = ("ElectricCurrent", new("Stromstärke", "Electric current")),
        ["flow"] = ("VolumeFlowRate", new("Durchfluss", "Volume flow rate")),
        ["battery"] = (null, new("Ladestand der Batterie", "Battery charge")),
        ["co2"] = (null, new("Kohlendioxid", "Carbon dioxide")),
        ["no2"] = (null, new("Stickstoffdioxid", "Nitrogen dioxide")),
        ["pm10"] = (null, new("Feinstaub PM10", "Particulate matter PM10")),
        ["pm25"] = (null, new("Feinstaub PM2,5", "Particulate matter PM2.5")),
        ["level"] = (null, new("Füllstand", "Fill level")),
        ["free"] = (null, new("Freie Plätze", "Free spaces")),
        ["occupancy"] = (null, new("Auslastung", "Occupancy")),
        ["total"] = (null, new("Anzahl gesamt", "Total count")),
        ["state"] = (null, new("Zustand", "State")),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The address that says what a property means.</summary>
    /// <param name="property">Field name in payloads.</param>
    public static string Definition(string property) =>
        Known.TryGetValue(property, out var known) && known.Kind is { } kind ? Qudt + kind : Own + Uri.EscapeDataString(property);

    /// <summary>Its name in both languages, or null when it is not one that is known.</summary>
    /// <param name="property">Field name in payloads.</param>
    public static BilingualText? Label(string property) => Known.TryGetValue(property, out var known) ? known.Label : null;
}
