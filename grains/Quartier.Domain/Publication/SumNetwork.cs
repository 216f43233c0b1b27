using Quartier.Contracts.Districts;

namespace Quartier.Domain.Publication;

/// <summary>
/// The sums of a table as a network. Values add up twice: cells to the city's total, and hours to days to the month. Each value stands in two of these
/// equations, with opposite signs, so it is an edge between them. What is not shown follows exactly from what is shown if its edge lies on no cycle of
/// edges that are not shown: D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988), pp. 552–571.
/// </summary>
internal sealed class SumNetwork
{
    private static readonly (string, Resolution, long) MonthOfAll = (string.Empty, Resolution.Raw, 0);

    private readonly Dictionary<(string Cell, Resolution Level, long StartMs), int> _nodes = [];
    private readonly List<Edge> _edges = [];

    /// <summary>Adds a value that is part of its cell's day and of the sum over all cells of its hour.</summary>
    /// <returns>The value's number.</returns>
    public int AddHour(string cell, long dayMs, long hourMs) => Add((cell, Resolution.Day, dayMs), (string.Empty, Resolution.Hour, hourMs));

    /// <summary>Adds a value that is the sum of its cell's hours and part of its cell's month.</summary>
    /// <returns>The value's number.</returns>
    public int AddDay(string cell, long dayMs) => Add((cell, Resolution.Day, dayMs), (cell, Resolution.Month, 0));

    /// <summary>Adds the sum of a cell's days; that the months of the cells add up to the city's follows from their hours.</summary>
    /// <returns>The value's number.</returns>
    public int AddMonth(string cell) => Add((cell, Resolution.Month, 0), MonthOfAll);

    /// <summary>The hidden values that follow from those that are not hidden.</summary>
    /// <param name="hidden">Numbers of the values that are not shown.</param>
    public IReadOnlyList<int> Following(IReadOnlyCollection<int> hidden)
    {
        var tree = Forest(hidden);
        var onCycle = new HashSet<int>();
        var top = Enumerable.Range(0, _nodes.Count).ToArray();
        foreach (var value in hidden.Where(v => !tree.IsBranch(v, _edges[v])))
        {
            // The value and the branches between its ends are a cycle; what was found to be on one before is passed at once.
            onCycle.Add(value);
            var (a, b) = (Top(_edges[value].A), Top(_edges[value].B));
            while (a != b)
            {
                (a, b) = tree.Depth[a] < tree.Depth[b] ? (b, a) : (a, b);
                onCycle.Add(tree.Branch[a]);
                top[a] = tree.Parent[a];
                a = Top(a);
            }
        }

        return [.. hidden.Where(v => !onCycle.Contains(v))];

        int Top(int node)
        {
            while (top[node] != node)
            {
                node = top[node] = top[top[node]];
            }

            return node;
        }
    }

    /// <summary>Which of the two ends of a value that follows each node hangs on, when that value is taken away.</summary>
    /// <param name="value">The value.</param>
    /// <param name="hidden">Numbers of the values that are not shown.</param>
    /// <returns>Of the ends of a further value, whether the first end of the given value, or the second, hangs together with one of them.</returns>
    public Func<int, (bool First, bool Second)> Sides(int value, IReadOnlyCollection<int> hidden)
    {
        var root = Forest([.. hidden.Where(v => v != value)]).Root;
        var (first, second) = (root[_edges[value].A], root[_edges[value].B]);
        return other => (root[_edges[other].A] == first || root[_edges[other].B] == first, root[_edges[other].A] == second || root[_edges[other].B] == second);
    }

    private int Add((string, Resolution, long) a, (string, Resolution, long) b)
    {
        _edges.Add(new(Node(a), Node(b)));
        return _edges.Count - 1;
    }

    private int Node((string, Resolution, long) equation)
    {
        if (!_nodes.TryGetValue(equation, out var node))
        {
            _nodes[equation] = node = _nodes.Count;
        }

        return node;
    }

    private SpanningForest Forest(IReadOnlyCollection<int> hidden)
    {
        var neighbours = hidden.SelectMany(v => new[] { (From: _edges[v].A, To: _edges[v].B, Value: v), (From: _edges[v].B, To: _edges[v].A, Value: v) }).ToLookup(n => n.From);
        var forest = new SpanningForest(_nodes.Count);
        var open = new Queue<int>();
        for (var root = 0; root < _nodes.Count; root++)
        {
            for (forest.Plant(root, open); open.TryDequeue(out var node);)
            {
                foreach (var (_, to, value) in neighbours[node])
                {
                    forest.Grow(node, to, value, open);
                }
            }
        }

        return forest;
    }

    private readonly record struct Edge(int A, int B);

    /// <summary>Trees that reach every node, breadth first.</summary>
    private sealed class SpanningForest
    {
        public SpanningForest(int nodes)
        {
            (Parent, Branch, Depth, Root) = (new int[nodes], new int[nodes], new int[nodes], new int[nodes]);
            Array.Fill(Branch, -1);
            Array.Fill(Root, -1);
        }

        public int[] Parent { get; }

        /// <summary>Of each node the value that leads to its parent; -1 at a root.</summary>
        public int[] Branch { get; }

        public int[] Depth { get; }

        public int[] Root { get; }

        public bool IsBranch(int value, Edge edge) => Branch[edge.A] == value || Branch[edge.B] == value;

        public void Plant(int node, Queue<int> open)
        {
            if (Root[node] < 0)
            {
                Root[node] = node;
                open.Enqueue(node);
            }
        }

        public void Grow(int from, int to, int value, Queue<int> open)
        {
            if (Root[to] < 0)
            {
                (Root[to], Parent[to], Branch[to], Depth[to]) = (Root[from], from, value, Depth[from] + 1);
                open.Enqueue(to);
            }
        }
    }
}
