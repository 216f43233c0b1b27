using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Domain.Rules;

namespace Quartier.Domain.Assets;

/// <summary>
/// An asset's live state as a function of its sensors' readings. Readings of one event time in one observation are one step: nothing is computed
/// from half a message. A reading that is not newer than the last of its datastream has no effect. The rest is in docs/asset-types.md.
/// </summary>
public sealed class AssetComputation
{
    private readonly AssetModel _model;
    private readonly RuleSubject _subject;
    private readonly Reading?[] _slots;
    private readonly long[] _sourceNewest;
    private readonly AssetValue?[] _known;
    private readonly double[]?[] _members;
    private readonly SlopeWindow[] _slopes;
    private readonly AssetValues _values;
    private readonly RuleState[] _rules;
    private AssetState? _state;

    /// <summary>An asset that has seen nothing.</summary>
    public AssetComputation(AssetModel model, RuleSubject subject)
        : this(model, subject, model.Type.Rules.NewStates())
    {
    }

    private AssetComputation(AssetModel model, RuleSubject subject, RuleState[] rules)
    {
        _model = model;
        _subject = subject;
        _rules = rules;
        _slots = new Reading?[model.Slots.Length];
        _sourceNewest = new long[model.Sources];
        _known = new AssetValue?[model.Type.Names.Length];
        _members = new double[]?[_known.Length];
        _slopes = [.. model.Type.Slopes.Select(s => new SlopeWindow(s.SpanMs))];
        for (var input = 0; input < model.Type.Definition.Inputs.Length; input++)
        {
            var name = model.Type.FirstInput + input;
            if (model.Type.Definition.Inputs[input].Many)
            {
                _members[name] = new double[model.Slots.Count(s => s.Name == name)];
            }
        }

        _values = new AssetValues(_known.Length, _members, _slopes);
        for (var i = 0; i < model.Type.FirstInput; i++)
        {
            _values.Set(i, model.Definition.Attributes.GetValueOrDefault(model.Type.Names[i], double.NaN));
        }
    }

    /// <summary>The live state.</summary>
    public AssetState State => _state ??= Describe();

    /// <summary>Takes up what was stored, as far as the model still knows it.</summary>
    /// <param name="model">The asset as it is registered now.</param>
    /// <param name="subject">Itself, as rules name it.</param>
    /// <param name="snapshot">What was stored.</param>
    /// <param name="previous">The rules by which it was stored when they were others; null when they are the same.</param>
    /// <param name="nowMs">When alerts of rules that are gone count as resolved, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="effects">Resolved alerts are appended.</param>
    public static AssetComputation Restore(
        AssetModel model, RuleSubject subject, AssetSnapshot snapshot, RuleSet? previous, long nowMs, List<Alert> effects)
    {
        var rules = model.Type.Rules.Restore(snapshot.Rules, subject, nowMs, previous, effects);
        var asset = new AssetComputation(model, subject, rules);
        foreach (var slope in snapshot.Slopes)
        {
            var at = model.Type.Slopes.IndexOf(new SlopeKey(model.Type.Names.IndexOf(slope.Name), slope.SpanMs));
            foreach (var point in at < 0 ? [] : slope.Points)
            {
                asset._slopes[at].Add(point);
            }
        }

        foreach (var input in snapshot.Inputs)
        {
            asset.TakeSlots(input.Gateway, input.Sensor, new ExplainedReading(input.Property, input.Reading));
        }

        asset.Compute();
        return asset;
    }

    /// <summary>Takes readings of a sensor in order of event time.</summary>
    /// <param name="observation">Properties that are not bound are passed over.</param>
    /// <param name="effects">Alerts that were raised or resolved are appended, in order.</param>
    /// <returns>True when the state changed.</returns>
    public bool Observe(AssetObservation observation, List<Alert> effects)
    {
        var changed = false;
        var readings = observation.Readings;
        for (var first = 0; first < readings.Length;)
        {
            var timeMs = readings[first].Reading.TimeMs;
            var fresh = false;
            for (; first < readings.Length && readings[first].Reading.TimeMs == timeMs; first++)
            {
                fresh |= TakeSlots(observation.Gateway, observation.Sensor, readings[first]);
            }

            if (fresh)
            {
                Compute();
                Judge(effects);
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>Makes rules on silence look at the city's now; see <see cref="RuleSet.CheckSilence"/>.</summary>
    /// <param name="nowMs">In milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="effects">Raised alerts are appended.</param>
    public void CheckSilence(long nowMs, List<Alert> effects) => _model.Type.Rules.CheckSilence(_rules, _subject, nowMs, [], effects);

    /// <summary>What it remembers, as it is stored.</summary>
    public AssetSnapshot Save()
    {
        var inputs = ImmutableArray.CreateBuilder<AssetInputSnapshot>();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is { } reading)
            {
                var binding = _model.Slots[i].Binding;
                inputs.Add(new AssetInputSnapshot(binding.Gateway, binding.Sensor, binding.Property, reading));
            }
        }

        var type = _model.Type;
        var slopes = _slopes.Zip(type.Slopes, (window, key) => new SlopeSnapshot(type.Names[key.Name], key.SpanMs, window.Points));
        return new AssetSnapshot(inputs.ToImmutable(), [.. slopes], type.Rules.Save(_rules));
    }

    private static bool IsBinding(AssetSlot slot, string gateway, string sensor, string property) =>
        string.Equals(slot.Binding.Property, property, StringComparison.Ordinal)
        && string.Equals(slot.Binding.Sensor, sensor, StringComparison.Ordinal)
        && string.Equals(slot.Binding.Gateway, gateway, StringComparison.Ordinal);

    private bool TakeSlots(string gateway, string sensor, in ExplainedReading explained)
    {
        var taken = false;
        for (var i = 0; i < _slots.Length; i++)
        {
            var slot = _model.Slots[i];
            var isNewer = _slots[i] is not { } known || explained.Reading.TimeMs > known.TimeMs;
            if (isNewer && IsBinding(slot, gateway, sensor, explained.Property))
            {
                _slots[i] = explained.Reading;
                _sourceNewest[slot.Source] = Math.Max(_sourceNewest[slot.Source], explained.Reading.TimeMs);
                taken = true;
            }
        }

        return taken;
    }

    private void Compute()
    {
        _state = null;
        TakeInputs();
        AddSlopePoints(_model.Type.FirstInput, _model.Type.FirstComputed);
        for (var i = 0; i < _model.Type.Computed.Length; i++)
        {
            var name = _model.Type.FirstComputed + i;
            var expression = _model.Type.Computed[i];
            var value = ExpressionCode.Finite(expression.Evaluate(_values));
            _values.Set(name, value);
            _known[name] = double.IsNaN(value) ? null : Combine(expression.References, value);
            AddSlopePoints(name, name + 1);
        }
    }

    private void TakeInputs()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            var slot = _model.Slots[i];
            if (_members[slot.Name] is { } members)
            {
                // A sensor sends all its parts in one message: a part that is not in its newest one is unknown.
                var current = _slots[i] is { } part && part.TimeMs == _sourceNewest[slot.Source];
                members[slot.Member] = current ? _slots[i]!.Value.Value : double.NaN;
            }
            else if (_slots[i] is { } reading)
            {
                _known[slot.Name] = new AssetValue(reading.TimeMs, reading.Value, reading.Quality);
                _values.Set(slot.Name, reading.Value);
            }
        }
    }

    private void AddSlopePoints(int fromName, int toName)
    {
        for (var i = 0; i < _slopes.Length; i++)
        {
            var name = _model.Type.Slopes[i].Name;
            if (name >= fromName && name < toName && _known[name] is { } value)
            {
                _slopes[i].Add(new Reading(value.TimeMs, value.Value, value.Quality));
            }
        }
    }

    /// <summary>A computed value is as new as the newest reading in it, and all is held against it that is held against any of them.</summary>
    private AssetValue Combine(ImmutableArray<int> references, double value)
    {
        var (timeMs, quality) = (0L, Quality.Good);
        foreach (var name in references)
        {
            if (_known[name] is { } used)
            {
                timeMs = Math.Max(timeMs, used.TimeMs);
                quality |= used.Quality;
            }

            for (var i = 0; _members[name] is not null && i < _slots.Length; i++)
            {
                if (_model.Slots[i].Name == name && _slots[i] is { } part)
                {
                    timeMs = Math.Max(timeMs, part.TimeMs);
                    quality |= part.Quality;
                }
            }
        }

        return new AssetValue(timeMs == 0 ? Newest() : timeMs, value, quality);
    }

    private long Newest() => _sourceNewest.Length == 0 ? 0 : _sourceNewest.Max();

    private void Judge(List<Alert> effects)
    {
        if (_rules.Length == 0)
        {
            return;
        }

        for (var name = _model.Type.FirstInput; name < _known.Length; name++)
        {
            if (_known[name] is { } value)
            {
                _model.Type.Rules.Observe(_rules, _subject, name, new Reading(value.TimeMs, value.Value, value.Quality), effects);
            }
        }
    }

    private AssetState Describe()
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, AssetValue>(StringComparer.Ordinal);
        for (var name = _model.Type.FirstInput; name < _known.Length; name++)
        {
            if (_known[name] is { } value)
            {
                values[_model.Type.Names[name]] = value;
            }
        }

        return new AssetState(Newest(), Status(), values.ToImmutable());
    }

    private string? Status()
    {
        for (var i = 0; i < _model.Type.Conditions.Length; i++)
        {
            var status = _model.Type.Definition.Statuses[i];
            if (_model.Type.Conditions[i] is not { } condition)
            {
                return Newest() == 0 ? null : status.Id;
            }

            switch (ExpressionCode.Truth(condition.Evaluate(_values)))
            {
                case true:
                    return status.Id;
                case null when !condition.References.Any(r => _model.DependsOnUnbound[r]):
                    return null;
                default:
                    break;
            }
        }

        return null;
    }
}
