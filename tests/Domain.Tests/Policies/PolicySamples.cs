using System.Text.RegularExpressions;
using Domain.Tests.Registry;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;
using Quartier.Domain.Registry;

namespace Domain.Tests.Policies;

/// <summary>The files of the documentation.</summary>
internal static class PolicySamples
{
    private static readonly string[] Documents = Blocks("policy.md");

    public static string City => Documents[0];

    public static string District => Documents[1];

    public static RegistrySnapshot Registry { get; } = new(RegistryFile.Read(Blocks("registry.md")[0]).City!, 1);

    public static PolicyDefinition Read(string yaml)
    {
        var reading = PolicyFile.Read(yaml);
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        return reading.Policy!;
    }

    /// <summary>The sample with one text replaced, which must be there.</summary>
    public static string With(string sample, string found, string replacement)
    {
        var start = sample.IndexOf(found, StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{found}' is not in the sample");
        return string.Concat(sample.AsSpan(0, start), replacement, sample.AsSpan(start + found.Length));
    }

    /// <summary>Finds the problem and checks that its line and column point at the text.</summary>
    public static void AssertProblem(string yaml, IEnumerable<RegistryProblem> problems, string message, string? at)
    {
        var all = problems.ToList();
        var problem = all.Find(p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.True(problem is not null, $"'{message}' is not among:\n{string.Join('\n', all)}");
        if (at is not null)
        {
            Assert.True(problem.Line > 0, problem.ToString());
            var offset = yaml.Split('\n').Take(problem.Line - 1).Sum(l => l.Length + 1) + problem.Column - 1;
            Assert.True(yaml.AsSpan(offset).StartsWith(at, StringComparison.Ordinal), $"{problem} points at '{yaml.AsSpan(offset, Math.Min(40, yaml.Length - offset))}'");
        }
    }

    private static string[] Blocks(string page) =>
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(RegistryFileTests.Root(), "docs", page)), "```yaml\n(.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(5))
            .Select(m => m.Groups[1].Value),
    ];
}
