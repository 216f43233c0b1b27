using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Registers;
using Quartier.Domain.Registry;
using Quartier.Domain.SensorThings.Registered;

namespace Domain.Tests.SensorThings;

/// <summary>What the registry becomes among the entities.</summary>
public sealed class RegisteredEntitiesTests
{
    private const string Yaml =
        """
        city: town
        name: Town
        timeZone: Europe/Berlin
        offices: [{id: office, name: Office, contact: mail@example.org}]
        districts: [{id: mitte, name: Mitte, office: office, retentionDays: 30, schematic: true, outline: [[7.60, 51.95], [7.65, 51.95], [7.65, 51.98], [7.60, 51.95]]}]
        gateways: [{id: g, name: Gateway, office: office}]
        sensorModels:
          air:
            datastreams:
              - {property: temperature, name: Luft, unit: Cel, class: public, question: Why?}
              - {property: extra, name: Extra, unit: "1", class: internal, question: Why?}
        sensors:
          - {id: a, gateway: g, district: mitte, name: A, model: air, office: office, location: [7.61, 51.96]}
          - {id: b, gateway: g, district: mitte, name: B, model: air, office: office}
        """;

    private static readonly RegistrySnapshot Town = new(RegistryFile.Read(Yaml).City!, 1);

    [Fact]
    public void Station_has_thing_place_and_feature_under_one_key_and_streams_under_their_own()
    {
        var all = RegisteredEntities.Of(new RegisterBasis(Town, null, 0), (_, i) => i + 1);
        Assert.Equal(
            [EntityKind.FeatureOfInterest, EntityKind.Location, EntityKind.Thing],
            all.Where(e => e.Owner.RegistryKey == "station/g/a").Select(e => e.Kind).OrderBy(k => k.ToString(), StringComparer.Ordinal));
        Assert.Equal(EntityKind.Thing, all.Single(e => e.Owner.RegistryKey == "station/g/b").Kind);
        Assert.Equal(["property/extra", "property/temperature"], all.Where(e => e.Kind == EntityKind.ObservedProperty).Select(e => e.Owner.RegistryKey).Order(StringComparer.Ordinal));
        var stream = all.Single(e => e.Owner.RegistryKey == "stream/g/a/temperature");
        Assert.Equal([1], stream.Numbers);
        Assert.Equal(
            ["Thing station/g/a", "Sensor sensor/g/a", "ObservedProperty property/temperature", " station/g/a"],
            stream.Links.Select(l => $"{l.Relation?.Name} {l.RegistryKey}"));
        Assert.Equal(3, all.Single(e => e.Owner.RegistryKey == "stream/g/b/temperature").Links.Length);
    }

    [Fact]
    public void Every_link_leads_to_an_entity_of_the_list()
    {
        var all = RegisteredEntities.Of(new RegisterBasis(Town, null, 0), (_, i) => i + 1);
        var keys = all.Select(e => (e.Kind, e.Owner.RegistryKey)).ToHashSet();
        Assert.Equal(all.Length, keys.Count);
        Assert.All(all.SelectMany(e => e.Links), l => Assert.Contains((l.Relation?.Target ?? EntityKind.FeatureOfInterest, l.RegistryKey), keys));
    }

    [Fact]
    public void Required_properties_have_values_and_derived_ones_none()
    {
        foreach (var entity in RegisteredEntities.Of(new RegisterBasis(Town, null, 0), (_, i) => i + 1))
        {
            var given = entity.Values.Where(v => !v.Value.IsNull).Select(v => v.Property).ToHashSet();
            Assert.All(EntityTypes.Of(entity.Kind).Properties, p => Assert.True(p.Index == 0 || !p.Required || p.Derived || given.Contains(p), $"{entity.Kind} {p.Name}"));
            Assert.DoesNotContain(given, p => p.Derived);
        }
    }

    [Fact]
    public void Datastream_without_a_number_waits()
    {
        var all = RegisteredEntities.Of(new RegisterBasis(Town, null, 0), (s, _) => s.Id == "a" ? 7 : 0);
        Assert.Equal(["stream/g/a/extra", "stream/g/a/temperature"], all.Where(e => e.Kind == EntityKind.Datastream).Select(e => e.Owner.RegistryKey).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("stream/g/a/v", "g", "a", "v")]
    [InlineData("stream/g/a", null, null, null)]
    [InlineData("sensor/g/a", null, null, null)]
    [InlineData("stream/g/a/v/w", null, null, null)]
    [InlineData(null, null, null, null)]
    public void Key_of_a_datastream_is_read_back(string? key, string? gateway, string? sensor, string? property) =>
        Assert.Equal(gateway is null ? null : (gateway, sensor!, property!), RegistryKeys.ReadStream(key));
}
