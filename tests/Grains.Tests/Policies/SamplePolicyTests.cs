using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Registry;

namespace Grains.Tests.Policies;

/// <summary>The policies that ship with the sample city, by what they let whom read.</summary>
public sealed class SamplePolicyTests
{
    private static readonly long NowMs = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly RegistrySnapshot Registry = new(RegistryFile.Read(Text("muenster.yaml")).City!, 1);
    private static readonly PolicyDefinition City = Read("muenster", null);

    [Fact]
    public void Every_document_is_sound_and_no_registered_datastream_is_in_quarantine()
    {
        Assert.Equal(["hiltrup", "mitte"], Districts.Select(d => d.District).Order());
        foreach (var district in Registry.City.Districts)
        {
            var compiled = Compiled(district.Id);
            Assert.All(
                Registry.City.Sensors.Where(s => s.District == district.Id).SelectMany(s => s.Datastreams, (s, d) => (Name: $"{s.Gateway}/{s.Id}", d.Property)),
                s => Assert.NotNull(compiled.Stream(s.Name, s.Property)));
        }
    }

    [Fact]
    public void Nothing_that_is_measured_in_July_2026_expires_before_2028()
    {
        Assert.All(
            Districts.Append(City).SelectMany(d => d.Streams), s => Assert.True(s.Retention.RawDays >= 730, $"{s.Id} is kept {s.Retention.RawDays} days."));
    }

    [Theory]
    [InlineData("public", null, "mitte", "promenade-westl-hals/promenade-westl-hals/total", Resolution.Raw, DenialReason.None)]
    [InlineData("public", null, "mitte", "parkleitsystem/ph-theater/free", Resolution.Raw, DenialReason.None)]
    [InlineData("public", null, "mitte", "bohlweg/bohlweg/c353484923", Resolution.Raw, DenialReason.CellsOnly)]
    [InlineData("public", "betrieb", "mitte", "parkleitsystem/ph-theater/free", Resolution.Raw, DenialReason.NoGrant)]
    [InlineData("public", "werbung", "mitte", "parkleitsystem/ph-theater/free", Resolution.Raw, DenialReason.PurposeUnknown)]
    [InlineData("public", "forschung", "mitte", "parkleitsystem/ph-theater/free", Resolution.Raw, DenialReason.PurposeMismatch)]
    [InlineData("role:operator", "betrieb", "mitte", "bohlweg/bohlweg/c353484923", Resolution.Raw, DenialReason.None)]
    [InlineData("role:operator", "betrieb", "hiltrup", "kanalpromenade-abschnitt-6/kanalpromenade-abschnitt-6/total", Resolution.Raw, DenialReason.None)]
    [InlineData("role:operator", null, "mitte", "bohlweg/bohlweg/c353484923", Resolution.Raw, DenialReason.PurposeMissing)]
    [InlineData("office:verkehrsplanung", "verkehrsplanung", "mitte", "bohlweg/bohlweg/c353484923", Resolution.Raw, DenialReason.TooFine)]
    [InlineData("office:verkehrsplanung", "verkehrsplanung", "mitte", "bohlweg/bohlweg/c353484923", Resolution.Hour, DenialReason.None)]
    [InlineData("office:verkehrsplanung", "verkehrsplanung", "mitte", "parkleitsystem/ph-aegidii/free", Resolution.Hour, DenialReason.None)]
    [InlineData("office:verkehrsplanung", "verkehrsplanung", "mitte", "parkleitsystem/ph-cineplex/free", Resolution.Hour, DenialReason.OutsideArea)]
    [InlineData("office:parkleitsystem", "verkehrsplanung", "mitte", "bohlweg/bohlweg/c353484923", Resolution.Hour, DenialReason.GrantExpired)]
    [InlineData("person:ausbildung", "betrieb", "mitte", "bohlweg/bohlweg/c353484923", Resolution.Raw, DenialReason.DeniedByPolicy)]
    [InlineData("contract:radatlas", null, "west", "schmeddingstrasse/schmeddingstrasse/total", Resolution.Hour, DenialReason.None)]
    [InlineData("contract:radatlas", null, "west", "schmeddingstrasse/schmeddingstrasse/total", Resolution.Raw, DenialReason.TooFine)]
    [InlineData("contract:radatlas", null, "mitte", "neutor/neutor/total", Resolution.Hour, DenialReason.None)]
    [InlineData("contract:radatlas", null, "mitte", "bismarckallee/bismarckallee/c353420516", Resolution.Hour, DenialReason.DeniedByPolicy)]
    [InlineData("contract:radatlas", null, "mitte", "parkleitsystem/ph-theater/free", Resolution.Hour, DenialReason.OutsideContract)]
    [InlineData("contract:parkapp-beta", null, "mitte", "parkleitsystem/ph-theater/free", Resolution.Raw, DenialReason.ContractEnded)]
    public void Requests_are_decided_as_the_documents_intend(
        string who, string? purpose, string district, string stream, Resolution resolution, DenialReason reason)
    {
        var cut = stream.LastIndexOf('/');
        var decision = Compiled(district).Decide(new(Principal(who), purpose, stream[..cut], stream[(cut + 1)..], resolution, ReadScope.Sensor), NowMs);
        Assert.True(reason == decision.Reason, $"{decision.Reason}: {decision.Explanation.En}");
    }

    private static PolicyDefinition[] Districts => [Read("hiltrup", City), Read("mitte", City)];

    private static CompiledPolicy Compiled(string district)
    {
        var own = Districts.FirstOrDefault(d => d.District == district);
        return CompiledPolicy.Compile(PolicyInheritance.Merge(City, 1, own, own is null ? 0 : 1, district), Registry, district);
    }

    private static PolicyDefinition Read(string name, PolicyDefinition? city)
    {
        var read = PolicyFile.Read(Text($"policies/{name}.yaml"));
        Assert.True(read.Problems.IsEmpty, string.Join('\n', read.Problems));
        var problems = PolicyCheck.Against(read.Policy!, city, Registry, read.Places);
        Assert.True(problems.IsEmpty, string.Join('\n', problems));
        return read.Policy!;
    }

    private static Principal Principal(string who)
    {
        var id = who[(who.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var person = new Principal(PrincipalKind.Person, "anna", "Anna", [], [], null, long.MaxValue);
        return who.Split(':')[0] switch
        {
            "public" => Quartier.Contracts.Principals.Principal.Public,
            "role" => person with { Roles = [Role.Operator] },
            "office" => person with { Offices = [id] },
            "person" => person with { Id = id, Roles = [Role.Operator] },
            _ => new(PrincipalKind.System, "key", "Key", [], [], id, long.MaxValue),
        };
    }

    private static string Text(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Orleans.sln")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "deploy", "sample-city", name));
    }
}
