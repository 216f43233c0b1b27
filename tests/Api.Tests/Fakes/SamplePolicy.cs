using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Api.Tests.Fakes;

/// <summary>A policy over the sample city: counts and free spaces, batteries and states; the rest is in quarantine unless an entry matches it.</summary>
internal static class SamplePolicy
{
    /// <summary>2026-07-02T00:00:00Z, where the tests' clock begins.</summary>
    public const long Now = 1_782_950_400_000;
    public const long Hour = 3_600_000;

    public static PolicyDefinition Empty { get; } = new(SampleCity.Id, null, [], [], [], [], [], [], null);

    /// <summary>Everybody reads counts and free spaces for information; operators read all for operation.</summary>
    public static PolicyDefinition Open { get; } = Empty with
    {
        Purposes = [Purpose("information"), Purpose("operation"), Purpose("planning")],
        Streams =
        [
            Stream("values", ["*/*/total", "*/*/free"], "information", "operation"),
            Stream("devices", ["*/*/battery", "*/*/state"], "operation"),
        ],
        Grants = [Grant("all-know", "public", "values", "information"), Grant("control-room", "role:operator", "values", "operation"), Grant("devices", "role:operator", "devices", "operation")],
    };

    public static PurposeDefinition Purpose(string id) => new(id, id, "§ 3", "mobilitaet", "?", "2027-01-01", false);

    public static StreamPolicy Stream(string id, string[] match, params string[] purposes) => new(
        id, [.. match], DataClass.Public, [.. purposes], "Stadt", "mobilitaet", new("a", "b", "c", "d"), new(365, 0, 0), false, false);

    public static GrantDefinition Grant(string id, string principal, string stream, string purpose, Resolution floor = Resolution.Raw) => new(
        id, [principal], [stream], purpose, floor, ReadScope.Sensor, [], Now + (100 * 24 * Hour), 10_000, Redactions.None, "none", false);

    public static PolicyDefinition With(this PolicyDefinition policy, GrantDefinition grant) =>
        policy with { Grants = [.. policy.Grants.Where(g => g.Id != grant.Id), grant] };
}
