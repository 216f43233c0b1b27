using Quartier.Contracts.Retention;

namespace Quartier.Storage.Retention;

/// <summary>What the examination of one place finds.</summary>
internal sealed class Findings(string place)
{
    private readonly List<string> _findings = [];

    /// <summary>Files or rows looked at.</summary>
    public long Examined { get; set; }

    /// <summary>Notes something that should be gone.</summary>
    public void Add(string finding)
    {
        if (_findings.Count < PlaceExamined.MostFindings)
        {
            _findings.Add(finding);
        }
    }

    /// <summary>The result.</summary>
    public PlaceExamined ToPlace() => new(place, Examined, [.. _findings]);
}
