#!/bin/sh
# Long histories that once ended badly, by what was wrong; each must hold for ever. A history is drawn anew when the
# drawing of events changes: then these are seeds like any others. A third word goes to the simulator.
n=0
try() {
	n=$((n + 1))
	if tests/sim/sim --seeds 1 --whole --from "$1" ${3:+"$3"} | grep -q '^ok 1'; then
		echo "ok $n - $2 (${3:+$3 }$1)"
	else
		echo "not ok $n - $2 (${3:+$3 }$1)"
	fi
}
try 2001440 'the region is rid of what all who write forgot'
try 4007560 'the region holds one state, not parts of two'
try 4010280 'the region holds nobody, whatever states it met'
try 2003040 'what only a state brings is looked for'
try 4016000 'and written when somebody lacks it'
try 4021640 'nothing is lost with a file that began where somebody was erased'
try 2008120 'who is out is not asked what others erased'
try 6012280 'two histories are not joined by a state, and who holds the wrong one begins anew'
try 8000000 'a state that goes less far makes no merge'
try 30074125 'who leaves has said what it had taken of one who was out by then'
try 9518920 'who is out locks nothing that anybody waits for'
try 30000640 'of two histories of one who is out somebody who is in gives one up'
try 30044040 'also where nobody has taken the other'
try 30058440 'a line that was given up by who had no say stands'
try 30062455 'nobody waits for what who left can bring no more'
try 30020669 'what nobody can write anew comes with a state, also beyond what was cut'
try 30051719 'and so does what a site wrote that is back'
try 40011480 'what waits for a history that is nowhere is told as what waits'
try 44004880 'nor is it given up where one who is out says so to nobody'
try 2011320 'who says that one is out says all that it has, and may be out itself'
try 42010680 'what was written outside under a name that was left comes back, too'
try 53007920 'a state that nobody may take goes'
try 42004800 'what an author forgot beyond what was cut comes with a state'
try 44015000 'what is given up of one who is out stays away, though its file goes on beyond what counts'
try 30064640 'and so it does where two have the one history and the other comes late'
try 41028880 'whoever tells that it lacks what it had gets it again'
try 90059960 'a person is erased where another has undone what made a place on a shift'
try 30047200 'also where all the others began from states'
try 90037920 'a history that only begins like one that was given up stays until its author says more'
try 90029960 'a merge is undone that brought two things of one id'
try 91001280 'also where its undoing came by another site'
try 90079555 'who had more of one who is out takes back nobody whom that one removed'
try 90021480 'what a site signed before it was put back and joined again is its own, too'
try 90082880 'a later part of what a store forgot tells it to go by another name'
try 70005800 'so that no file of it tells of two histories for ever'
try 91022508 'what stood in no file when a store was put back is sent, though what came after it was'
try 90033400 'what rests on a history that lies nowhere waits for that, and for nobody to give up one of two'
try 74001920 'also at who wrote both'
try 91042560 'what a state left stands again when who wrote over it is given up'
for seed in 42016400 42018600 43000080 43011360 61006520; do
	try $seed 'a store that was put back knows its own history in a state by the tags there'
done
try 91065320 'of lines that nobody gave up after all one counts that is here, though another never comes'
try 70000120 'also of one who is out, where somebody was erased'
try 70001120 'and where only a state has the other history'
try 91069236 'who comes back by one who was out says with its key of then, too, what it had'
try 93006969 'and leaves with that key, so that nobody writes with what only it knows'
try 93035600 'what is given up takes no file along of the other history'
try 91108520 'of one who is out somebody has more than was given up, under a state'
try 41034240 'of two histories of one who is out one is given up, though somebody was erased since where each is'
try 96100960 'who is out writes no state again and again that nobody may take'
try 95424560 'what a change replaced is known when a store is made again where somebody was erased'
try 300057560 'what an author had seen of a line that is given up counts so where a state lies over both'
try 400104480 'a clock goes by what is here after a state took the place of a later one'
try 500012320 'a site that was put back and joined again gives up what it wrote with its key of then'
try 500042240 'who was erased before a store joined is erased where that person had come from it before'
try 950001840 'a state goes over no line of a site that was put back twice before one of its two histories is given up'
try 970022480 'nobody is told to wait for what its author wrote as a state and gave up then'
try 973000880 'who was put back to before it had anybody else begins from a state when its own two histories are one'
try 972137280 'the rest of a file that went with somebody comes with a state, though its author may come some day'
try 974043120 'what somebody has of one who joined twice and is out the others take, whichever key it is signed with'
try 1000017120 'a history that a site forgot is issued again though a state lies over the other one'
try 1100015720 'what a site wrote while it was out says no name that the others never hear of'
try 977187360 'a line that its author gave up before it was out is given up where somebody took all that came instead'
try 974078920 'a site begins anew from what was given up though it has more of that on top, and the rest is issued again'
try 20071720 'where a line was left may be given up, too' --harsh
try 981305840 'which is not known where a state lies over that' --harsh
try 2200082587 'a region member that is let in as a full one gets the other half of a key, too'
echo "1..$n"
