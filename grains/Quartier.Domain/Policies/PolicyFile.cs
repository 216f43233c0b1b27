using System.Text;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Reads policy files; the format is in docs/policy.md.</summary>
public static class PolicyFile
{
    /// <summary>Largest file in bytes of UTF-8: 1 MiB, room for some thousand entries.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// Reads a file: its syntax and what the document can tell alone. What refers to the registry or to the city's document is for
    /// <see cref="PolicyCheck"/>. All that is wrong is reported at once, each with line and column.
    /// </summary>
    /// <param name="yaml">The file.</param>
    public static PolicyReading Read(string yaml)
    {
        var problems = new ProblemList();
        var bytes = Encoding.UTF8.GetByteCount(yaml);
        if (bytes > MaxBytes)
        {
            problems.Add(0, 0, $"the file has {bytes} bytes; at most {MaxBytes} are accepted. Use patterns with '*' for streams that are alike");
            return new PolicyReading(null, problems.ToImmutable());
        }

        var places = new PolicyPlaces();
        var root = YamlReader.Read(yaml, problems);
        var policy = root is null ? null : new PolicyReader(root, places, problems).Read();
        return new PolicyReading(problems.Any ? null : policy, problems.ToImmutable()) { Places = places };
    }
}
