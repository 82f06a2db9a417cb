using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Dispatch.MessageQueues;

namespace ActorImaging.Actors;

/// <summary>Two queues, of which the urgent one is emptied first. Thread-safe.</summary>
internal sealed class ProcessorMessages : IMessageQueue, IOvertakingSemantics
{
    private readonly ConcurrentQueue<Envelope> _urgent = new();
    private readonly ConcurrentQueue<Envelope> _waiting = new();

    /// <inheritdoc />
    public bool HasMessages => !_urgent.IsEmpty || !_waiting.IsEmpty;

    /// <inheritdoc />
    public int Count => _urgent.Count + _waiting.Count;

    /// <inheritdoc />
    public void Enqueue(IActorRef receiver, Envelope envelope) =>
        (envelope.Message is DropBatch ? _urgent : _waiting).Enqueue(envelope);

    /// <inheritdoc />
    public bool TryDequeue([MaybeNullWhen(false)] out Envelope envelope) =>
        _urgent.TryDequeue(out envelope) || _waiting.TryDequeue(out envelope);

    /// <inheritdoc />
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
        {
            deadletters.Enqueue(owner, envelope);
        }
    }
}
