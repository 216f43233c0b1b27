using System.Reflection;

namespace Quartier.Engine.Conformance.Metadata;

/// <summary>
/// Holds the embedded engine's public types in Orleans' namespaces against the published assemblies: whatever both own must be equal, so that
/// grain sources compile against either.
/// </summary>
public sealed class SameAsOrleansTests
{
    // Other assemblies of Orleans own these. They are not all published where this builds, so they are named, not compared.
    private static readonly Dictionary<string, string> OwnedElsewhere = new(StringComparer.Ordinal)
    {
        ["Orleans.Serialization.Invocation.IInvokable"] = "Orleans.Serialization",
        ["Orleans.CollectionAgeLimitAttribute"] = "Orleans.Core",
        ["Orleans.KeepAliveAttribute"] = "Orleans.Core",
        ["Orleans.IGrainState`1"] = "Orleans.Core",
        ["Orleans.GrainState`1"] = "Orleans.Core",
        ["Orleans.Storage.IGrainStorage"] = "Orleans.Core",
        ["Orleans.Storage.InconsistentStateException"] = "Orleans.Core",
        ["Orleans.Runtime.IPersistentState`1"] = "Orleans.Runtime",
        ["Orleans.Runtime.PersistentStateAttribute"] = "Orleans.Runtime",
        ["Orleans.Configuration.GrainCollectionOptions"] = "Orleans.Runtime",
        ["Orleans.Configuration.SiloMessagingOptions"] = "Orleans.Runtime",
        ["Orleans.Hosting.ISiloBuilder"] = "Orleans.Runtime",
        ["Orleans.Hosting.SiloBuilderExtensions"] = "Orleans.Runtime",
        ["Orleans.Hosting.GrainCallFilterSiloBuilderExtensions"] = "Orleans.Runtime",
        ["Orleans.Runtime.Hosting.StorageProviderExtensions"] = "Orleans.Runtime",
        ["Orleans.Hosting.MemoryGrainStorageSiloBuilderExtensions"] = "Orleans.Persistence.Memory",
        ["Orleans.GrainReminderExtensions"] = "Orleans.Reminders",
        ["Orleans.IRemindable"] = "Orleans.Reminders",
        ["Orleans.IReminderTable"] = "Orleans.Reminders",
        ["Orleans.ReminderEntry"] = "Orleans.Reminders",
        ["Orleans.ReminderTableData"] = "Orleans.Reminders",
        ["Orleans.Runtime.IGrainReminder"] = "Orleans.Reminders",
        ["Orleans.Runtime.ReminderException"] = "Orleans.Reminders",
        ["Orleans.Runtime.TickStatus"] = "Orleans.Reminders",
        ["Orleans.Timers.IReminderRegistry"] = "Orleans.Reminders",
        ["Orleans.Hosting.ReminderOptions"] = "Orleans.Reminders",
        ["Orleans.Hosting.SiloBuilderReminderMemoryExtensions"] = "Orleans.Reminders",
    };

    // Instructions to Orleans' own code generator and compiler-made remarks; neither is seen by grain code.
    private static readonly string[] NotComparedAttributes =
    [
        "System.Runtime.CompilerServices.", "System.Diagnostics.", "System.Reflection.DefaultMemberAttribute", "System.Text.Json.",
        "Orleans.GenerateMethodSerializersAttribute", "Orleans.InvokableCustomInitializerAttribute", "Orleans.DefaultInvokableBaseTypeAttribute",
        "Orleans.AliasAttribute",
    ];

    [Fact]
    public void Types_of_Orleans_namespaces_are_Orleans_types()
    {
        using var ours = Ours();
        var theirs = Theirs();

        var unknown = ours.Types.Keys.Where(IsInOrleansNamespace).Where(name => !theirs.ContainsKey(name) && !OwnedElsewhere.ContainsKey(name));
        Assert.Empty(unknown);
        Assert.Empty(OwnedElsewhere.Keys.Where(name => !ours.Types.ContainsKey(name) || theirs.ContainsKey(name)));
    }

    [Fact]
    public void What_both_own_is_equal()
    {
        using var ours = Ours();
        var theirs = Theirs();
        var common = ours.Types.Where(type => IsInOrleansNamespace(type.Key) && theirs.ContainsKey(type.Key)).ToArray();

        var differences = common.SelectMany(type => Differences(type.Key, type.Value, theirs[type.Key])).ToArray();

        Assert.True(common.Length > 40, $"Only {common.Length} types were compared.");
        Assert.True(differences.Length == 0, string.Join("\n", differences));
    }

    [Theory]
    [InlineData("Orleans.Grain")]
    [InlineData("Orleans.ResponseTimeoutAttribute")]
    public void Types_of_each_published_assembly_are_compared(string name)
    {
        using var ours = Ours();

        Assert.Contains(name, ours.Types.Keys);
        Assert.Contains(name, Theirs().Keys);
    }

    [Fact]
    public void A_difference_would_be_found()
    {
        var theirs = Theirs();
        var grain = theirs["Orleans.Grain"];
        var other = grain with
        {
            Kind = "Sealed",
            Base = "Other",
            Members = ["Public Void Extra`0() ()"],
            Attributes = ["System.ObsoleteAttribute 01000000"],
        };

        Assert.Equal(4, Differences("Orleans.Grain", other, grain).Count());
        Assert.Empty(Differences("Orleans.Grain", grain, grain));
    }

    private static AssemblySurface Ours() => new(typeof(Orleans.Grain).Assembly.Location);

    private static Dictionary<string, TypeSurface> Theirs()
    {
        var types = new Dictionary<string, TypeSurface>(StringComparer.Ordinal);
        foreach (var file in typeof(SameAsOrleansTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(attribute => attribute.Key.StartsWith("OrleansAssembly.", StringComparison.Ordinal)))
        {
            using var surface = new AssemblySurface(file.Value!);
            foreach (var (name, type) in surface.Types)
            {
                types.Add(name, type);
            }
        }

        return types;
    }

    private static bool IsInOrleansNamespace(string name) => name.StartsWith("Orleans.", StringComparison.Ordinal);

    // Ours may own less: what it does not own cannot be used. What it does own must be there in theirs, exactly so.
    private static IEnumerable<string> Differences(string name, TypeSurface ours, TypeSurface theirs)
    {
        if (!string.Equals(ours.Kind, theirs.Kind, StringComparison.Ordinal))
        {
            yield return $"{name}: is {ours.Kind}, theirs is {theirs.Kind}";
        }

        if (!string.Equals(ours.Base, theirs.Base, StringComparison.Ordinal))
        {
            yield return $"{name}: derives from {ours.Base}, theirs from {theirs.Base}";
        }

        foreach (var extra in ours.Interfaces.Except(theirs.Interfaces, StringComparer.Ordinal))
        {
            yield return $"{name}: implements {extra}, theirs does not";
        }

        foreach (var extra in ours.Members.Except(theirs.Members, StringComparer.Ordinal))
        {
            yield return $"{name}: has {extra}, theirs does not";
        }

        var (own, other) = (Compared(ours.Attributes), Compared(theirs.Attributes));
        if (!own.SetEquals(other))
        {
            yield return $"{name}: attributes {string.Join(" ", own)}, theirs {string.Join(" ", other)}";
        }
    }

    private static HashSet<string> Compared(IEnumerable<string> attributes) =>
        attributes.Where(attribute => !Array.Exists(NotComparedAttributes, prefix => attribute.StartsWith(prefix, StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
}
