using Kml.Model;
using Shouldly;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.FormBuilder;
using static Kml.Model.EquatableArray;

namespace Kml.KmodGen.Tests.Bodies;

/// <summary>What bodies become reads as one would write it by hand in the kernel.</summary>
public partial class FormTests
{
    private static readonly Place Q = Var("q");
    private static readonly Read Sectors = Var("e").Dot("Sectors").Get();
    private static readonly ArrayData Eight = new(U32, 8);

    private static readonly StructData Window = new("Window", Of(new FieldSpec("Strides", new ArrayData(U32, 4)), new FieldSpec("Head", ScalarType.U32)));

    [Fact]
    public void A_loop_over_an_array() => Check(
        Update(
            [new("Strides", Eight), new("Total", ScalarType.U32)],
            [],
            [
                new Let("total", Num(0)),
                .. Count("i", 8, Var("total").Set(UInt("total").Plus(Q.Dot("Strides").At(Int("i"), 8).Get()))),
                Q.Dot("Total").Set(UInt("total")),
            ]),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	u32 m_total = 0;
        	s32 m_i;

        	(void)e;
        	for (m_i = 0; m_i < 8; m_i++)
        		m_total += state->m_strides[m_i];
        	state->m_total = m_total;
        	return 0;
        }
        """);

    [Fact]
    public void A_ring_of_the_last_numbers() => Check(
        Update(
            [new("Last", Eight), new("Next", ScalarType.I32)],
            [],
            Q.Dot("Last").At(Q.Dot("Next").Get(ScalarType.I32), 8).Set(Sectors),
            Q.Dot("Next").Set(Q.Dot("Next").Get(ScalarType.I32).Plus(Num32(1)).Op(BinaryOperator.And, Num32(7)))),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	int fault = 0;
        	s32 index = kml_index(state->m_next, 8, &fault);

        	if (fault)
        		return fault;
        	state->m_last[index] = e->sectors;
        	state->m_next = kml_add_s32(state->m_next, 1) & 7;
        	return 0;
        }
        """);

    [Fact]
    public void A_loop_that_ends_early_and_a_bound_that_is_stated() => Check(
        Update(
            [new("Left", ScalarType.U32), new("Rounds", ScalarType.U32)],
            [],
            new Loop(
                Q.Dot("Left").Get().Op(BinaryOperator.Greater, Num(0)),
                true,
                Do(
                    When(Q.Dot("Left").Get().Below(Sectors), new Return(null)),
                    When(Q.Dot("Rounds").Get().Op(BinaryOperator.Equal, Num(9)), new Break()),
                    Q.Dot("Left").Set(Q.Dot("Left").Get().Op(BinaryOperator.Subtract, Sectors)),
                    Q.Dot("Rounds").Set(Q.Dot("Rounds").Get().Plus(Num(1)))),
                Do(),
                16,
                true)),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	u32 turns = 0;

        	do {
        		if (turns == 16)
        			return KML_FAULT_BOUND;
        		turns++;
        		if (state->m_left < e->sectors)
        			return 0;
        		if (state->m_rounds == 9)
        			break;
        		state->m_left -= e->sectors;
        		state->m_rounds++;
        	} while (state->m_left > 0);
        	return 0;
        }
        """);

    [Fact]
    public void All_ways_of_a_conditional_have_braces_where_one_has() => Check(
        Update(
            [new("Reads", ScalarType.U32), new("Rounds", ScalarType.U32)],
            [],
            new If(
                Sectors.Op(BinaryOperator.Greater, Num(8)),
                Do(Q.Dot("Reads").Set(Num(1)), Q.Dot("Rounds").Set(Num(2))),
                Do(When(Sectors.Op(BinaryOperator.Greater, Num(4)), Q.Dot("Reads").Set(Num(3)))))),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	if (e->sectors > 8) {
        		state->m_reads = 1;
        		state->m_rounds = 2;
        	} else if (e->sectors > 4) {
        		state->m_reads = 3;
        	}
        	return 0;
        }
        """);

    [Fact]
    public void A_switch_that_falls_through() => Check(
        Update(
            [new("Reads", ScalarType.U32), new("Bytes", ScalarType.U64)],
            [],
            new Switch(Var("e").Dot("Operation").Get(), Of(
                new SwitchSection(Of<ulong>(0, 2), false, Do(Q.Dot("Reads").Set(Q.Dot("Reads").Get().Plus(Num(1)))), true),
                new SwitchSection(
                    Of<ulong>(1),
                    false,
                    Do(
                        new Let("bytes", Sectors.As(ScalarType.U64).Op(BinaryOperator.Multiply, Num(512, ScalarType.U64))),
                        Q.Dot("Bytes").Set(Q.Dot("Bytes").Get(ScalarType.U64).Plus(Read.Variable(ScalarType.U64, "bytes")))),
                    false),
                new SwitchSection(default, true, Do(new Return(null)), false)))),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	switch (e->operation) {
        	case 0:
        	case 2:
        		state->m_reads++;
        		fallthrough;
        	case 1: {
        		u64 m_bytes = e->sectors * 512ull;

        		state->m_bytes += m_bytes;
        		break;
        	}
        	default:
        		return 0;
        	}
        	return 0;
        }
        """);

    [Fact]
    public void Structs_and_arrays_as_a_whole() => Check(
        Update(
            [new("Now", Window), new("Before", Window)],
            [],
            new Declare("old", Window),
            new Copy(Var("old"), Q.Dot("Before"), Window),
            new Copy(Q.Dot("Before"), Q.Dot("Now"), Window),
            new Clear(Q.Dot("Now"), Window),
            new Copy(Q.Dot("Now").Dot("Strides"), Var("old").Dot("Strides"), new ArrayData(U32, 4)),
            Q.Dot("Now").Dot("Head").Set(Var("old").Dot("Head").Get().Plus(Num(1)))),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	struct kml_t_m_window m_old = state->m_before;

        	(void)e;
        	state->m_before = state->m_now;
        	kml_clear(&state->m_now, sizeof(state->m_now));
        	__builtin_memcpy(state->m_now.m_strides, m_old.m_strides, sizeof(state->m_now.m_strides));
        	state->m_now.m_head = m_old.m_head + 1;
        	return 0;
        }
        """);

    [Fact]
    public void A_struct_in_an_array_of_them() => Check(
        Update(
            [new("Windows", new ArrayData(Window, 4)), new("Current", ScalarType.I32)],
            [],
            new Let("at", Q.Dot("Current").Get(ScalarType.I32)),
            new Loop(
                Q.Dot("Windows").At(Int("at"), 4).Dot("Head").Get().Op(BinaryOperator.NotEqual, Sectors),
                false,
                Do(
                    When(Int("at").Op(BinaryOperator.Equal, Num32(0)), new Fail(Fault.NoMatch)),
                    Var("at").Set(Int("at").Op(BinaryOperator.Subtract, Num32(1)))),
                Do(),
                8,
                true),
            Q.Dot("Windows").At(Int("at"), 4).Dot("Strides").At(Num32(0), 4).Set(Sectors)),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	int fault = 0;
        	s32 m_at = state->m_current;
        	u32 turns = 0;

        	for (;;) {
        		bool holds = state->m_windows[kml_index(m_at, 4, &fault)].m_head != e->sectors;

        		if (fault)
        			return fault;
        		if (!holds)
        			break;
        		if (turns == 8)
        			return KML_FAULT_BOUND;
        		turns++;
        		if (m_at == 0)
        			return KML_FAULT_MATCH;
        		m_at = kml_sub_s32(m_at, 1);
        	}
        	if ((u32)m_at >= 4)
        		return KML_FAULT_INDEX;
        	state->m_windows[m_at].m_strides[0] = e->sectors;
        	return 0;
        }
        """);

    [Fact]
    public void A_step_of_two_statements() => Check(
        Update(
            [new("Sum", ScalarType.U32)],
            [],
            new Let("i", Num32(0)),
            new Let("weight", Num(64)),
            new Loop(
                Int("i").Below(Num32(6)),
                false,
                Do(
                    When(Sectors.Op(BinaryOperator.And, UInt("weight")).Op(BinaryOperator.Equal, Num(0)), new Continue()),
                    Q.Dot("Sum").Set(Q.Dot("Sum").Get().Plus(UInt("weight")))),
                Do(
                    Var("i").Set(Int("i").Plus(Num32(1))),
                    Var("weight").Set(UInt("weight").Op(BinaryOperator.ShiftRight, Num32(1)))),
                6,
                false)),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	s32 m_i = 0;
        	u32 m_weight = 64;

        	for (; m_i < 6; m_i++, m_weight >>= 1) {
        		if ((e->sectors & m_weight) == 0)
        			continue;
        		state->m_sum += m_weight;
        	}
        	return 0;
        }
        """);

    [Fact]
    public void What_only_itself_reads_is_not_there_but_for_its_faults() => Check(
        Update(
            [new("Count", ScalarType.U32)],
            [],
            new Let("first", Sectors),
            new Declare("both", new ArrayData(U32, 2)),
            When(Sectors.Below(Num(8)), Var("first").Set(UInt("first").Plus(Num(3)))),
            Var("both").At(Num32(1), 2).Set(Var("both").At(Num32(1), 2).Get()
                .Op(BinaryOperator.And, UInt("first").Op(BinaryOperator.Divide, Q.Dot("Count").Get()).Op(BinaryOperator.Or, UInt("first"))))),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	int fault = 0;
        	u32 m_first = e->sectors;

        	if (e->sectors < 8)
        		m_first += 3;
        	(void)kml_div_u32(m_first, state->m_count, &fault);
        	if (fault)
        		return fault;
        	return 0;
        }
        """);

    private static void Check(BodyCase body, string c)
    {
        ModelText.Read(ModelText.Write(body.Model)).ShouldBe(body.Model);
        string.Join("\n\n", BodyBed.Parts(body, "body")).ShouldBe(c);
    }
}
