using System.Globalization;
using System.Text;

namespace Quartier.Api.Metrics;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
public sealed class MetricWriter
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);
    private string? _family;

    /// <summary>Begins a metric; its samples follow.</summary>
    /// <param name="kind">Which kind; names of counters end in <c>_total</c>.</param>
    /// <param name="name">Letters, digits and <c>_</c>, not beginning with a digit; with the unit in it (<c>_bytes</c>, <c>_seconds</c>).</param>
    /// <param name="help">One sentence.</param>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    /// <exception cref="InvalidOperationException">Another source has written a metric of this name.</exception>
    public MetricWriter Metric(MetricKind kind, string name, string help)
    {
        ThrowIfUnusable(name);
        if (!_families.Add(name))
        {
            throw new InvalidOperationException($"Metric '{name}' is written by two sources: rename one.");
        }

        _family = name;
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(kind == MetricKind.Counter ? " counter\n" : " gauge\n");
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    /// <param name="value">In the metric's unit.</param>
    /// <param name="labels">Names and values; names as for metrics.</param>
    /// <exception cref="InvalidOperationException">No metric has been begun.</exception>
    public MetricWriter Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_family ?? throw new InvalidOperationException("Begin a metric before its samples."));
        for (var i = 0; i < labels.Length; i++)
        {
            ThrowIfUnusable(labels[i].Name);
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escape(labels[i].Value, quotes: true)).Append('"');
        }

        _text.Append(labels.IsEmpty ? " " : "} ").Append(Format(value)).Append('\n');
        return this;
    }

    /// <summary>Everything written so far.</summary>
    public override string ToString() => _text.ToString();

    private static string Format(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static void ThrowIfUnusable(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
        {
            throw new ArgumentException($"'{name}' is no name for a metric or label: use letters, digits and '_'.", nameof(name));
        }
    }
}
