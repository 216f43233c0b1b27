using System.Globalization;
using Quartier.Client.Policies;

namespace Quartier.Cli.Policies;

/// <summary>Policies as text for people.</summary>
internal static class PolicyText
{
    /// <summary>A version in one line.</summary>
    public static string Line(PolicyVersion version)
    {
        var decided = version.DecidedBy is null ? string.Empty : $"; {(version.Standing == "withdrawn" ? "ended" : "approved")} by {version.DecidedBy} {version.Decided:u}";
        var approved = version is { Standing: "withdrawn", ApprovedBy: { } approver } ? $"; approved before by {approver}" : string.Empty;
        var doubt = version.Independent == false ? "; NOT INDEPENDENT: the proposer could have acted as the approver" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{version.District ?? "city",-16} {version.Version,4}  {version.Standing,-10}  takes effect {version.Effective:u}; proposed by {version.ProposedBy} {version.Proposed:u}{decided}{approved}{doubt}; sha256 {version.Digest[..12]}…");
    }

    /// <summary>What a document changes.</summary>
    public static void Write(TextWriter output, PolicyDifference difference)
    {
        foreach (var change in difference.Access)
        {
            var sign = (change.Before, change.After) switch { (null, _) => '+', (_, null) => '-', _ => '~' };
            output.WriteLine(
                $"{sign} {change.District}: {change.Principal}, {change.Stream} for {change.Purpose}: {Text(change.Before)} → {Text(change.After)} "
                + $"({change.Datastreams} datastreams, such as {change.Example})");
        }

        More(output, difference.MoreAccess, "changes of access");
        foreach (var change in difference.Retention)
        {
            var uncounted = change.Uncounted == 0 ? string.Empty : $", without {change.Uncounted} datastreams that were not counted";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"! {change.District}: {change.Stream} is kept {Text(change.Before)} → {Text(change.After)} days: {change.Readings:N0} stored readings expire earlier, {change.Due:N0} of them at once{uncounted}"));
        }

        More(output, difference.MoreRetention, "changes of retention");
        foreach (var denial in difference.NewDenials)
        {
            output.WriteLine($"- denial {denial} is added or says something else");
        }

        foreach (var denial in difference.EndedDenials)
        {
            output.WriteLine($"+ denial {denial} ends or says something else");
        }

        if (difference is { Access.Count: 0, Retention.Count: 0, NewDenials.Count: 0, EndedDenials.Count: 0 })
        {
            output.WriteLine("Nobody gains or loses anything, and nothing expires earlier.");
        }
    }

    /// <summary>What holds in a district.</summary>
    public static void Write(TextWriter output, EffectivePolicy policy)
    {
        output.WriteLine($"{policy.District}: {policy.Version}");
        foreach (var entry in policy.Entries)
        {
            output.WriteLine($"  {entry.Kind,-12} {entry.Id,-28} [{entry.Origin}] {entry.Text}");
        }

        if (policy.Personal > 0)
        {
            output.WriteLine($"  {policy.Personal} of the grants and denials name single persons; these are shown to officers alone.");
        }
    }

    private static void More(TextWriter output, int count, string what)
    {
        if (count > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {count:N0} more {what}"));
        }
    }

    private static string Text(PolicyReach? reach) => reach is null
        ? "nothing"
        : string.Join(", ", new[]
        {
            reach.Sensor,
            reach.Cell is null || reach.Cell == reach.Sensor ? null : $"cells by {reach.Cell}",
            reach.Until is { } until ? $"until {until:u}" : null,
        }.OfType<string>());

    private static string Text(PolicyDays days) => string.Create(CultureInfo.InvariantCulture, $"{days.Raw}/{days.Hour}/{days.Day}");
}
