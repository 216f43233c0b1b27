using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.Questions;

/// <summary>
/// What one request costs. When it becomes dear it takes a place, and gives it back when the request is over, however it ends: with the services of the
/// request, when its answer is sent or nobody is there to take it.
/// </summary>
internal sealed class OpenQuestion(QuestionPlaces places) : IQuestionCost, IDisposable
{
    /// <summary>When a refused request is worth repeating: half of what a question may take in the store.</summary>
    private const int RetrySeconds = 5;

    /// <summary>Whoever takes the answer of a dear request more slowly than this is cut off, or he would keep his place for hours.</summary>
    private const double LeastBytesPerSecond = 16 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private HttpContext? _context;
    private QuestionCaller? _holder;
    private long _spent;
    private bool _isOver;

    /// <summary>Why the request may not go on; null while it may.</summary>
    public ApiProblem? Refusal { get; private set; }

    /// <summary>Says whose request it is, before it costs anything.</summary>
    public OpenQuestion For(HttpContext context)
    {
        _context = context;
        return this;
    }

    /// <inheritdoc/>
    public bool TrySpend(long readings)
    {
        lock (_gate)
        {
            _spent += readings;
            return Refusal is null && (_holder is not null || _spent <= places.Limits.Free || TryTake_NeedsLock());
        }
    }

    /// <summary>For requests of which it is known before what they cost.</summary>
    public Outcome<OpenQuestion> Spend(HttpContext context, long readings) => For(context).TrySpend(readings) ? this : Refusal!;

    /// <summary>For requests that are dear, whatever they cost.</summary>
    public Outcome<OpenQuestion> TakePlace(HttpContext context) => Spend(context, places.Limits.Free + 1);

    public void Dispose()
    {
        lock (_gate)
        {
            if (_holder is { } holder)
            {
                places.GiveBack(holder);
            }

            // What a request left behind may still run, and must not take a place that nobody gives back.
            (_holder, _isOver) = (null, true);
        }
    }

    private bool TryTake_NeedsLock()
    {
        if (_isOver)
        {
            return false;
        }

        var context = _context ?? throw new InvalidOperationException("Nobody said whose request it is.");
        var caller = QuestionCaller.Of(context);
        var limit = places.Take(caller);
        if (limit != QuestionLimit.None)
        {
            Refusal = Problems.TooManyQuestions(Detail(limit, caller), RetrySeconds);
            return false;
        }

        _holder = caller;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = new MinDataRate(LeastBytesPerSecond, Grace);
        }

        return true;
    }

    private string Detail(QuestionLimit limit, QuestionCaller caller)
    {
        var limits = places.Limits;
        var whose = limit switch
        {
            QuestionLimit.Caller => $"{limits.Caller} at a time are answered for one caller, and {caller.Key} has as many open",
            QuestionLimit.Public => $"{limits.Public} at a time are answered for all without an account, and as many are open",
            _ => $"{limits.All} at a time are answered, and as many are open",
        };
        return $"The request costs more than looking at {limits.Free:N0} readings. Of such requests {whose}. "
            + $"Try again in {RetrySeconds} s, or ask for less: a shorter time, fewer Datastreams, no count.";
    }
}
