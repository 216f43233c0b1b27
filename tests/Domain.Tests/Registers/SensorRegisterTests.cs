using System.Collections.Immutable;
using Domain.Tests.Policies;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Registers;

namespace Domain.Tests.Registers;

public sealed class SensorRegisterTests
{
    [Fact]
    public void Entry_tells_who_measures_what_for_what_and_how_long()
    {
        var entry = Entry(RegisterSamples.Policy);
        Assert.Equal(("g/s/total", "Sensor s", "mitte", "Mitte", "internal", "Stadtwerke"), (entry.Stream, entry.Sensor, entry.District, entry.DistrictName, entry.Class, entry.Operator));
        Assert.Equal(new OfficeDefinition("office", "Amt", "amt@example.org"), entry.Office);
        Assert.Equal(new GatewayDefinition("g", "Gateway", "office"), entry.Gateway);
        Assert.Equal(new RegisterPurpose("planning", "Planung", "§ 1", "Wie viele?", entry.Office, "2027-01-01", false), Assert.Single(entry.Purposes));
        Assert.Equal([new("raw", 90), new("day", 730)], entry.Retention);
        Assert.Equal(new StreamAnswers("Was", "Wie", "Wer", "Nein"), entry.Answers);
        Assert.Equal([7.5, 51.5], entry.Position!.Value);
        Assert.Equal(new RegisterAccess("office", new("Amt", "Amt"), "planning", "hour", "cell", "2026-07-02T00:00:00Z", "Nein."), Assert.Single(entry.Access));
        Assert.Equal("city 3, district 0", entry.PolicyVersion);
        var why = SensorRegister.Why(entry);
        Assert.Contains("Planung (Wie viele? Rechtsgrundlage: § 1)", why.De, StringComparison.Ordinal);
        Assert.Contains("Legal basis: § 1", why.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_no_policy_covers_is_in_quarantine_and_says_so(bool withPolicy)
    {
        var other = RegisterSamples.Policy with { Streams = [RegisterSamples.Stream with { Match = ["x/*/*"] }] };
        var basis = withPolicy ? RegisterSamples.Basis(other) : new RegisterBasis(RegisterSamples.Registry, null, RegisterSamples.Now);
        var entry = Entry(basis);
        Assert.True(entry.Quarantine);
        Assert.Equal(("sensitive", 0, 0), (entry.Class, entry.Access.Length, entry.Purposes.Length));
        Assert.Equal([new("raw", 1)], entry.Retention);
        Assert.Contains("Quarantäne", SensorRegister.Why(entry).De, StringComparison.Ordinal);
        Assert.Contains("quarantine", SensorRegister.Why(entry).En, StringComparison.Ordinal);
    }

    [Fact]
    public void No_person_is_named_by_a_grant_its_id_or_its_texts()
    {
        var personal = RegisterSamples.Grant with { Id = "for-anna", Principals = ["person:anna", "person:bert", "office:office"], Onward = "Nur Anna." };
        var basis = RegisterSamples.Basis(RegisterSamples.Policy with { Grants = [personal] });
        var entry = Entry(basis);
        Assert.Equal(["office", "person"], entry.Access.Select(a => a.Kind));
        Assert.Equal(new BilingualText("eine benannte Person", "a named person"), entry.Access[1].Who);
        foreach (var text in (string[])[string.Join(' ', entry.Access), RecordText.Write(RecordWriter.Processing(basis)), RecordText.Write(RecordWriter.Impact(basis))])
        {
            Assert.DoesNotContain("anna", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("bert", text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("benannte Person", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Redactions.None, Redactions.None, true, false)]
    [InlineData(Redactions.None, Redactions.Location, true, true)]
    [InlineData(Redactions.Location, Redactions.None, true, false)]
    [InlineData(Redactions.Location, Redactions.None, false, true)]
    [InlineData(Redactions.Quality, Redactions.Quality, true, false)]
    public void Place_is_withheld_when_the_policy_keeps_it_from_the_public(Redactions office, Redactions open, bool isOpen, bool withheld)
    {
        var grants = new List<GrantDefinition> { RegisterSamples.Grant with { Redactions = office } };
        if (isOpen)
        {
            grants.Add(RegisterSamples.Grant with { Id = "open", Principals = ["public"], Redactions = open });
        }

        var entry = Entry(RegisterSamples.Policy with { Grants = [.. grants] });
        Assert.Equal((withheld, withheld), (entry.PositionWithheld, entry.Position is null));
    }

    [Fact]
    public void Place_is_withheld_with_every_datastream_of_the_sensor_even_where_nothing_hides_it()
    {
        var sensor = RegisterSamples.Sensor("s", "mitte");
        var registry = RegisterSamples.With(sensor with { Datastreams = [.. sensor.Datastreams, Definitions.Stream("battery")] });
        var hidden = RegisterSamples.Grant with { Principals = ["public"], Redactions = Redactions.Location };
        var policy = RegisterSamples.Policy with { Grants = [hidden] };
        var register = new SensorRegister(RegisterSamples.Basis(policy, registry));
        Assert.All(registry.City.Sensors[0].Datastreams, d => Assert.Null(register.Entry(registry.City.Sensors[0], d).Position));
    }

    [Fact]
    public void Access_agrees_with_the_decision() => Seeds.ForAll(random =>
    {
        var registry = RandomPolicy.Registry(random);
        var policy = PolicyInheritance.Merge(RandomPolicy.Policy(random), 1, null, 0, "d");
        var compiled = CompiledPolicy.Compile(policy, registry, "d");
        var register = new SensorRegister(new(registry, new("x", 1, ImmutableDictionary<string, EffectivePolicy>.Empty.Add("d", policy)), RandomPolicy.Now));
        foreach (var sensor in registry.City.Sensors.Where(s => s.District is "d"))
        {
            foreach (var datastream in sensor.Datastreams)
            {
                var entry = register.Entry(sensor, datastream);
                foreach (var purpose in policy.Merged.Purposes)
                {
                    var best = Best(compiled, $"{sensor.Gateway}/{sensor.Id}", datastream.Property, purpose.Id);
                    var listed = entry.Access.Where(a => a.Kind is "public" && a.Purpose == purpose.Id).ToList();
                    Assert.Equal(best is not null, listed.Count > 0);
                    Assert.True(best is null || listed.Exists(a => a.Resolution == best));
                }
            }
        }
    });

    private static string? Best(CompiledPolicy compiled, string sensor, string property, string purpose)
    {
        for (var resolution = Resolution.Raw; resolution <= Resolution.Month; resolution++)
        {
            if (compiled.Decide(new(Principal.Public, purpose, sensor, property, resolution, ReadScope.Cell), RandomPolicy.Now).Permitted)
            {
                return PolicyWords.Of(resolution);
            }
        }

        return null;
    }

    private static RegisterEntry Entry(PolicyDefinition policy) => Entry(RegisterSamples.Basis(policy));

    private static RegisterEntry Entry(RegisterBasis basis)
    {
        var sensor = basis.Registry.City.Sensors[0];
        return new SensorRegister(basis).Entry(sensor, sensor.Datastreams[0]);
    }
}
