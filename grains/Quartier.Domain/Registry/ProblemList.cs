using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>Collects what is wrong with a registry file; each problem once.</summary>
internal sealed class ProblemList
{
    /// <summary>Most problems that are reported: beyond, one cause has many consequences and a person stops reading.</summary>
    public const int MaxProblems = 100;

    private readonly List<RegistryProblem> _problems = [];
    private readonly HashSet<RegistryProblem> _known = [];
    private int _more;
    private string? _prefix;

    public bool Any => _problems.Count > 0;

    public void Add(YamlNode node, string message, int columnOffset = 0) => Add(node.Line, node.Column + columnOffset, message);

    /// <summary>Names what is being read in front of each message until it is disposed: for what has no line.</summary>
    public IDisposable Prefix(string text)
    {
        _prefix = text;
        return new PrefixEnd(this);
    }

    public void Add(int line, int column, string message)
    {
        var problem = new RegistryProblem(line, column, _prefix is null ? message : $"{_prefix}: {message}");
        if (_problems.Count >= MaxProblems)
        {
            _more++;
        }
        else if (_known.Add(problem))
        {
            _problems.Add(problem);
        }
    }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<RegistryProblem> ToImmutable()
    {
        var sorted = _problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ToImmutableArray();
        return _more == 0 ? sorted : sorted.Add(new RegistryProblem(0, 0, $"{_more} more problems; remove these first"));
    }

    private sealed class PrefixEnd(ProblemList list) : IDisposable
    {
        public void Dispose() => list._prefix = null;
    }
}
