using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kml.KmodGen.Bodies;
using Kml.Model;

namespace Kml.Programs.Trial;

/// <summary>Calls the methods of a compiled model as they are, so that a fault is seen as the exception that it is.</summary>
internal abstract class BodyCall
{
    private const BindingFlags Anywhere = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Finds the methods of a model's class.</summary>
    /// <param name="home">The class.</param>
    /// <param name="model">The model.</param>
    public static BodyCall Of(Type home, ModelSpec model)
    {
        MethodInfo features = home.GetMethod(model.Features.Method.Name, Anywhere)!;
        MethodInfo label = home.GetMethod(model.Label.Method.Name, Anywhere)!;
        System.Reflection.ParameterInfo[] ends = label.GetParameters(), taken = features.GetParameters();
        Type typed = typeof(Typed<,,,,>).MakeGenericType(
            ends[0].ParameterType.GetElementType()!,
            ends[1].ParameterType.GetElementType()!,
            taken[1].ParameterType.GetElementType()!,
            taken[2].ParameterType.GetGenericArguments()[0],
            label.ReturnType);
        return (BodyCall)Activator.CreateInstance(typed, home, model)!;
    }

    /// <summary>Runs a method.</summary>
    /// <param name="role">Which.</param>
    /// <param name="input">What it runs on; it stays as it is.</param>
    /// <param name="features">How many features the model has.</param>
    public abstract Outcome Run(BodyRole role, ProgramInput input, int features);

    private delegate void Update<TFrom, TState>(ref TFrom e, ref TState state);

    private delegate void Extract<TFrom, TState, TFeature>(ref TFrom e, ref TState state, Span<TFeature> x);

    private delegate TLabel Learn<TFrom, TTo, TLabel>(ref TFrom a, ref TTo b);

    private delegate bool Judge<TFrom, TLabel>(ref TFrom e, TLabel value);

    private delegate void Act<TFrom, TLabel>(ref TFrom e, TLabel value);

    // Found by name where a role is first run: most files of the shrinker's need one of them.
    private sealed class Typed<TFrom, TTo, TState, TFeature, TLabel>(Type home, ModelSpec model) : BodyCall
        where TFrom : struct
        where TTo : struct
        where TState : struct
        where TFeature : struct
        where TLabel : struct
    {
        private readonly Lazy<Update<TFrom, TState>> _update = new(() => Bound<Update<TFrom, TState>>(home, model.Updates[0]));
        private readonly Lazy<Extract<TFrom, TState, TFeature>> _extract = new(() => Bound<Extract<TFrom, TState, TFeature>>(home, model.Features.Method));
        private readonly Lazy<Learn<TFrom, TTo, TLabel>> _learn = new(() => Bound<Learn<TFrom, TTo, TLabel>>(home, model.Label.Method));
        private readonly Lazy<Judge<TFrom, TLabel>> _judge = new(() => Bound<Judge<TFrom, TLabel>>(home, model.Verdict!));
        private readonly Lazy<Act<TFrom, TLabel>> _act = new(() => Bound<Act<TFrom, TLabel>>(home, model.Policy!));

        public override Outcome Run(BodyRole role, ProgramInput input, int features)
        {
            // Bound and read before: what fails there is no fault of the body.
            Bind(role);
            TFrom from = MemoryMarshal.Read<TFrom>(input.From);
            TTo to = role == BodyRole.Label ? MemoryMarshal.Read<TTo>(input.To) : default;
            byte[] state = [.. input.State];
            uint[] x = new uint[features];
            uint value = 0;
            int fault = Faults.None;
            try
            {
                value = Call(role, ref from, ref to, input.Value, state, x);
            }
            catch (Exception e)
            {
                fault = Faults.Of(e);
            }

            return new(fault, value, x, MemoryMarshal.AsBytes(new ReadOnlySpan<TFrom>(in from)).ToArray(), state);
        }

        private void Bind(BodyRole role) => _ = role switch
        {
            BodyRole.Update => (object)_update.Value,
            BodyRole.Features => _extract.Value,
            BodyRole.Label => _learn.Value,
            BodyRole.Verdict => _judge.Value,
            _ => _act.Value,
        };

        private uint Call(BodyRole role, ref TFrom from, ref TTo to, uint bits, byte[] state, uint[] x)
        {
            switch (role)
            {
                case BodyRole.Update:
                    _update.Value(ref from, ref MemoryMarshal.AsRef<TState>(state.AsSpan()));
                    return 0;
                case BodyRole.Features:
                    _extract.Value(ref from, ref MemoryMarshal.AsRef<TState>(state.AsSpan()), MemoryMarshal.Cast<uint, TFeature>(x.AsSpan()));
                    for (int i = 0; typeof(TFeature) == typeof(float) && i < x.Length; i++)
                        x[i] = KmlMath.CanonicalBits(BitConverter.UInt32BitsToSingle(x[i]));
                    return 0;
                case BodyRole.Label:
                    TLabel label = _learn.Value(ref from, ref to);
                    uint value = 0;
                    Unsafe.As<uint, TLabel>(ref value) = label;
                    return typeof(TLabel) == typeof(float) ? KmlMath.CanonicalBits(BitConverter.UInt32BitsToSingle(value)) : value;
                case BodyRole.Verdict:
                    return _judge.Value(ref from, Unsafe.As<uint, TLabel>(ref bits)) ? 1u : 0u;
                default:
                    _act.Value(ref from, Unsafe.As<uint, TLabel>(ref bits));
                    return 0;
            }
        }

        private static T Bound<T>(Type home, Method method)
            where T : Delegate => home.GetMethod(method.Name, Anywhere)!.CreateDelegate<T>();
    }
}
